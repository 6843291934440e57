SELECT resource.type, resource.id
FROM reference JOIN resource ON reference.target_type = resource.type AND reference.target_id = resource.id
WHERE reference.rid = ?1 AND (resource.type = 'Appointment' AND resource.category = 'mdo' OR resource.type = 'CarePlan' AND resource.category = 'plan' OR resource.type = 'CareTeam' AND resource.category = 'contacts' OR resource.type = 'Condition' AND resource.category = 'plan' OR resource.type = 'Consent' AND resource.category = 'acp' OR resource.type = 'Goal' AND resource.category = 'plan' OR resource.type = 'Organization' AND resource.category = 'directory' OR resource.type = 'Patient' AND resource.category = 'person' OR resource.type = 'Practitioner' AND resource.category = 'directory' OR resource.type = 'PractitionerRole' AND resource.category = 'directory' OR resource.type = 'RiskAssessment' AND resource.category = 'plan' OR resource.type = 'ServiceRequest' AND resource.category = 'plan' OR resource.type = 'Task' AND resource.category = 'plan') AND CASE WHEN (resource.category = 'acp') THEN EXISTS (SELECT 1
FROM audience
WHERE audience.rid = resource.rid AND audience.party = ?2 AND audience.valid_from <= ?3 AND audience.valid_to > ?3) WHEN (resource.category = 'contacts') THEN 1 WHEN (resource.category = 'directory') THEN 1 WHEN (resource.category = 'mdo') THEN EXISTS (SELECT 1
FROM audience
WHERE audience.rid = resource.rid AND audience.party = ?2 AND audience.valid_from <= ?3 AND audience.valid_to > ?3) WHEN (resource.category = 'person') THEN 1 WHEN (resource.category = 'plan') THEN EXISTS (SELECT 1
FROM audience
WHERE audience.rid = resource.rid AND audience.party = ?2 AND audience.valid_from <= ?3 AND audience.valid_to > ?3) ELSE 0 END = 1 AND resource.hidden = 0 AND (resource.patient = '-' OR resource.patient IS ?4 AND resource.category IS ?5 AND resource.custodian IS ?6 AND resource.trajectory IS ?7 OR (EXISTS (SELECT 1
FROM patient
WHERE patient."key" = resource.patient AND CASE WHEN (resource.custodian = '-') THEN 1 WHEN (resource.custodian = ?2) THEN 1 WHEN (patient.gp = ?2) THEN 1 WHEN CASE WHEN (EXISTS (SELECT 1
FROM agreement
WHERE agreement.a = resource.custodian AND agreement.b = ?2 AND agreement.kind = 'partner' AND agreement.valid_from <= ?3 AND agreement.valid_to > ?3)) THEN 1 WHEN (EXISTS (SELECT 1
FROM agreement
WHERE agreement.a = ?2 AND agreement.b = resource.custodian AND agreement.kind = 'partner' AND agreement.valid_from <= ?3 AND agreement.valid_to > ?3)) THEN 1 ELSE 0 END THEN 1 ELSE 0 END = 1 AND CASE WHEN (resource.category = 'acp') THEN 1 WHEN (resource.category = 'contacts') THEN 1 WHEN (resource.category = 'directory') THEN 1 WHEN (resource.category = 'mdo') THEN 1 WHEN (resource.category = 'person') THEN 1 WHEN (resource.category = 'plan') THEN 1 ELSE 0 END = 1 AND (resource.patient = '-' OR patient.deceased_at IS NULL OR patient.gp = ?2) AND NOT (EXISTS (SELECT 1
FROM consent_rule
WHERE consent_rule.patient = resource.patient AND (consent_rule.party = ?2 OR consent_rule.party = ?8 OR consent_rule.party = ?9 OR consent_rule.party = '*') AND consent_rule.effect = 'deny' AND (consent_rule.category IS NULL OR consent_rule.category = resource.category) AND consent_rule.valid_from <= ?3 AND consent_rule.valid_to > ?3)) AND (CASE WHEN (resource.category = 'acp') THEN (SELECT min(relation.id) AS min_1
FROM relation
WHERE relation.patient = resource.patient AND relation.org = ?2 AND relation.kind = 'partner' AND relation.valid_from <= ?3 AND relation.valid_to > ?3) WHEN (resource.category = 'contacts') THEN (SELECT min(relation.id) AS min_2
FROM relation
WHERE relation.patient = resource.patient AND relation.org = ?2 AND relation.kind = 'partner' AND relation.valid_from <= ?3 AND relation.valid_to > ?3) WHEN (resource.category = 'directory') THEN NULL WHEN (resource.category = 'mdo') THEN (SELECT min(relation.id) AS min_3
FROM relation
WHERE relation.patient = resource.patient AND relation.org = ?2 AND relation.kind = 'partner' AND relation.valid_from <= ?3 AND relation.valid_to > ?3) WHEN (resource.category = 'person') THEN (SELECT min(relation.id) AS min_4
FROM relation
WHERE relation.patient = resource.patient AND relation.org = ?2 AND relation.kind = 'partner' AND relation.valid_from <= ?3 AND relation.valid_to > ?3) WHEN (resource.category = 'plan') THEN (SELECT min(relation.id) AS min_5
FROM relation
WHERE relation.patient = resource.patient AND relation.org = ?2 AND relation.kind = 'partner' AND relation.valid_from <= ?3 AND relation.valid_to > ?3) ELSE NULL END IS NOT NULL OR resource.category = 'directory') AND CASE WHEN (resource.category = 'acp') THEN (EXISTS (SELECT 1
FROM consent_rule
WHERE consent_rule.patient = resource.patient AND (consent_rule.party = ?2 OR consent_rule.party = ?8 OR consent_rule.party = ?9 OR consent_rule.party = '*') AND consent_rule.effect = 'permit' AND (consent_rule.category IS NULL OR consent_rule.category = resource.category) AND consent_rule.valid_from <= ?3 AND consent_rule.valid_to > ?3 AND (consent_rule.trajectory IS NULL OR resource.trajectory IS NULL OR consent_rule.trajectory = resource.trajectory) AND consent_rule.con_type = 'CON-5')) AND CASE WHEN (EXISTS (SELECT 1
FROM alignment
WHERE alignment.practice = patient.gp AND alignment.party = ?2 AND alignment.patient = '*' AND alignment.valid_from <= ?3 AND alignment.valid_to > ?3)) THEN 1 WHEN (EXISTS (SELECT 1
FROM alignment
WHERE alignment.practice = patient.gp AND alignment.party = ?2 AND alignment.patient = resource.patient AND alignment.valid_from <= ?3 AND alignment.valid_to > ?3)) THEN 1 ELSE 0 END = 1 WHEN (resource.category = 'contacts') THEN (EXISTS (SELECT 1
FROM consent_rule
WHERE consent_rule.patient = resource.patient AND (consent_rule.party = ?2 OR consent_rule.party = ?8 OR consent_rule.party = ?9 OR consent_rule.party = '*') AND consent_rule.effect = 'permit' AND (consent_rule.category IS NULL OR consent_rule.category = resource.category) AND consent_rule.valid_from <= ?3 AND consent_rule.valid_to > ?3 AND (consent_rule.trajectory IS NULL OR resource.trajectory IS NULL OR consent_rule.trajectory = resource.trajectory) AND consent_rule.con_type = 'CON-3')) OR (EXISTS (SELECT 1
FROM consent_rule
WHERE consent_rule.patient = resource.patient AND (consent_rule.party = ?2 OR consent_rule.party = ?8 OR consent_rule.party = ?9 OR consent_rule.party = '*') AND consent_rule.effect = 'permit' AND (consent_rule.category IS NULL OR consent_rule.category = resource.category) AND consent_rule.valid_from <= ?3 AND consent_rule.valid_to > ?3 AND (consent_rule.trajectory IS NULL OR resource.trajectory IS NULL OR consent_rule.trajectory = resource.trajectory) AND consent_rule.con_type = 'CON-5')) AND CASE WHEN (EXISTS (SELECT 1
FROM alignment
WHERE alignment.practice = patient.gp AND alignment.party = ?2 AND alignment.patient = '*' AND alignment.valid_from <= ?3 AND alignment.valid_to > ?3)) THEN 1 WHEN (EXISTS (SELECT 1
FROM alignment
WHERE alignment.practice = patient.gp AND alignment.party = ?2 AND alignment.patient = resource.patient AND alignment.valid_from <= ?3 AND alignment.valid_to > ?3)) THEN 1 ELSE 0 END = 1 WHEN (resource.category = 'directory') THEN 1 = 1 WHEN (resource.category = 'mdo') THEN EXISTS (SELECT 1
FROM consent_rule
WHERE consent_rule.patient = resource.patient AND (consent_rule.party = ?2 OR consent_rule.party = ?8 OR consent_rule.party = ?9 OR consent_rule.party = '*') AND consent_rule.effect = 'permit' AND (consent_rule.category IS NULL OR consent_rule.category = resource.category) AND consent_rule.valid_from <= ?3 AND consent_rule.valid_to > ?3 AND (consent_rule.trajectory IS NULL OR resource.trajectory IS NULL OR consent_rule.trajectory = resource.trajectory) AND consent_rule.con_type = 'CON-3') WHEN (resource.category = 'person') THEN (EXISTS (SELECT 1
FROM consent_rule
WHERE consent_rule.patient = resource.patient AND (consent_rule.party = ?2 OR consent_rule.party = ?8 OR consent_rule.party = ?9 OR consent_rule.party = '*') AND consent_rule.effect = 'permit' AND (consent_rule.category IS NULL OR consent_rule.category = resource.category) AND consent_rule.valid_from <= ?3 AND consent_rule.valid_to > ?3 AND (consent_rule.trajectory IS NULL OR resource.trajectory IS NULL OR consent_rule.trajectory = resource.trajectory) AND consent_rule.con_type = 'CON-5')) AND CASE WHEN (EXISTS (SELECT 1
FROM alignment
WHERE alignment.practice = patient.gp AND alignment.party = ?2 AND alignment.patient = '*' AND alignment.valid_from <= ?3 AND alignment.valid_to > ?3)) THEN 1 WHEN (EXISTS (SELECT 1
FROM alignment
WHERE alignment.practice = patient.gp AND alignment.party = ?2 AND alignment.patient = resource.patient AND alignment.valid_from <= ?3 AND alignment.valid_to > ?3)) THEN 1 ELSE 0 END = 1 WHEN (resource.category = 'plan') THEN (EXISTS (SELECT 1
FROM consent_rule
WHERE consent_rule.patient = resource.patient AND (consent_rule.party = ?2 OR consent_rule.party = ?8 OR consent_rule.party = ?9 OR consent_rule.party = '*') AND consent_rule.effect = 'permit' AND (consent_rule.category IS NULL OR consent_rule.category = resource.category) AND consent_rule.valid_from <= ?3 AND consent_rule.valid_to > ?3 AND (consent_rule.trajectory IS NULL OR resource.trajectory IS NULL OR consent_rule.trajectory = resource.trajectory) AND consent_rule.con_type = 'CON-5')) AND CASE WHEN (EXISTS (SELECT 1
FROM alignment
WHERE alignment.practice = patient.gp AND alignment.party = ?2 AND alignment.patient = '*' AND alignment.valid_from <= ?3 AND alignment.valid_to > ?3)) THEN 1 WHEN (EXISTS (SELECT 1
FROM alignment
WHERE alignment.practice = patient.gp AND alignment.party = ?2 AND alignment.patient = resource.patient AND alignment.valid_from <= ?3 AND alignment.valid_to > ?3)) THEN 1 ELSE 0 END = 1 ELSE 0 END = 1)))
