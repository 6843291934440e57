// Numbers that the adapter gives out itself. National ones (BSN, URA, UZI, AGB) are Nictiz' and
// are not declared again.

Instance: ns-trajectory
InstanceOf: NamingSystem
Usage: #definition
* insert OwnNumbers([["MesoTrajectoryNumber"]], [["Kenmerk van een traject"]], trajectory, [["EpisodeOfCare.identifier: het traject, genoemd naar de verwijzing waaruit het ontstond."]])

Instance: ns-care-team
InstanceOf: NamingSystem
Usage: #definition
* insert OwnNumbers([["MesoCareTeamNumber"]], [["Kenmerk van een zorgteam"]], care-team, [["CareTeam.identifier: het team van één traject."]])

Instance: ns-function-in-organisation
InstanceOf: NamingSystem
Usage: #definition
* insert OwnNumbers([["MesoFunctionInOrganisation"]], [["Functie in een organisatie"]], function-in-organisation, [["Wie in een toestemming alleen met een functie is genoemd: URA-nummer, schuine streep, functie."]])

Instance: ns-client
InstanceOf: NamingSystem
Usage: #definition
* insert OwnNumbers([["MesoClient"]], [["Aangesloten systeem"]], client, [["AuditEvent.agent.who: het systeem dat met een eigen sleutel aanlogt (client_id)."]])

Instance: ns-relation
InstanceOf: NamingSystem
Usage: #definition
* insert OwnNumbers([["MesoRelation"]], [["Behandelrelatie"]], relation, [["AuditEvent.entity: de behandelrelatie waarop de inzage rustte."]])

Instance: ns-patient-key
InstanceOf: NamingSystem
Usage: #definition
* insert OwnNumbers([["MesoPatientKey"]], [["Sleutel van een persoon"]], patient-key, [["AuditEvent.entity: pseudoniem van de persoon in het log van deze installatie, zonder BSN."]])

Instance: ns-request
InstanceOf: NamingSystem
Usage: #definition
* insert OwnNumbers([["MesoRequest"]], [["Kenmerk van een verzoek"]], request, [["AuditEvent.entity: het verzoek (X-Request-Id) waarvan de regel verslag doet."]])

Instance: ns-employment
InstanceOf: NamingSystem
Usage: #definition
* insert OwnNumbers([["MesoEmployment"]], [["Dienstverband"]], employment, [["PractitionerRole.identifier: iemand bij de werkgever, als die een ander is dan de organisatie waarvoor zij handelt."]])

Instance: ns-treatment-relation
InstanceOf: NamingSystem
Usage: #definition
* insert OwnNumbers([["MesoTreatmentRelation"]], [["Bewijs van behandelrelatie"]], treatment-relation, [["Kenmerk waaronder het bewijs van een behandelrelatie is bewaard."]])

Instance: ns-every-organisation-of-kind
InstanceOf: NamingSystem
Usage: #definition
* insert OwnNumbers([["MesoEveryOrganisationOfKind"]], [["Alle organisaties van een soort"]], every-organisation-of-kind, [["Wie in een toestemming alleen met een soort organisatie is genoemd: de code van die soort."]])
