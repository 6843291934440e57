SELECT CASE WHEN (patient.gp = '-') THEN 1 WHEN (patient.gp = ?1) THEN 1 WHEN (patient.gp = ?1) THEN 1 WHEN (CASE WHEN (EXISTS (SELECT 1
FROM agreement
WHERE agreement.a = patient.gp AND agreement.b = ?1 AND agreement.kind = 'his-user' AND agreement.valid_from <= ?2 AND agreement.valid_to > ?2)) THEN 1 WHEN (EXISTS (SELECT 1
FROM agreement
WHERE agreement.a = ?1 AND agreement.b = patient.gp AND agreement.kind = 'his-user' AND agreement.valid_from <= ?2 AND agreement.valid_to > ?2)) THEN 1 ELSE 0 END = 1 AND (EXISTS (SELECT 1
FROM staff_authorisation
WHERE staff_authorisation.practice = patient.gp AND staff_authorisation.staff = ?3 AND staff_authorisation.valid_from <= ?2 AND staff_authorisation.valid_to > ?2))) THEN 1 ELSE 0 END AS tenant, CASE WHEN ('his' = 'his') THEN 1 ELSE 0 END = 1 AND (patient."key" = '-' OR patient.deceased_at IS NULL OR patient.gp = ?1) AS role_ok, EXISTS (SELECT 1
FROM consent_rule
WHERE consent_rule.patient = patient."key" AND (consent_rule.party = ?1 OR consent_rule.party = ?4 OR consent_rule.party = ?3 OR consent_rule.party = '*') AND consent_rule.effect = 'deny' AND (consent_rule.category IS NULL OR consent_rule.category = 'his') AND consent_rule.valid_from <= ?2 AND consent_rule.valid_to > ?2) AS deny, CASE WHEN ('his' = 'his') THEN (SELECT min(relation.id) AS min_1
FROM relation
WHERE relation.patient = patient."key" AND relation.org = ?1 AND relation.kind = 'care' AND relation.valid_from <= ?2 AND relation.valid_to > ?2) ELSE NULL END AS relation, 0 AS relation_ok, CASE WHEN ('his' = 'his') THEN (EXISTS (SELECT 1
FROM consent_rule
WHERE consent_rule.patient = patient."key" AND (consent_rule.party = ?1 OR consent_rule.party = ?4 OR consent_rule.party = ?3 OR consent_rule.party = '*') AND consent_rule.effect = 'permit' AND (consent_rule.category IS NULL OR consent_rule.category = 'his') AND consent_rule.valid_from <= ?2 AND consent_rule.valid_to > ?2 AND (consent_rule.trajectory IS NULL OR (SELECT min(relation.trajectory) AS min_2
FROM relation
WHERE relation.patient = patient."key" AND relation.org = ?1 AND relation.kind = 'care' AND relation.valid_from <= ?2 AND relation.valid_to > ?2) IS NULL OR consent_rule.trajectory = (SELECT min(relation.trajectory) AS min_2
FROM relation
WHERE relation.patient = patient."key" AND relation.org = ?1 AND relation.kind = 'care' AND relation.valid_from <= ?2 AND relation.valid_to > ?2)) AND consent_rule.con_type = 'CON-1')) AND (EXISTS (SELECT 1
FROM consent_rule
WHERE consent_rule.patient = patient."key" AND (consent_rule.party = ?1 OR consent_rule.party = ?4 OR consent_rule.party = ?3 OR consent_rule.party = '*') AND consent_rule.effect = 'permit' AND (consent_rule.category IS NULL OR consent_rule.category = 'his') AND consent_rule.valid_from <= ?2 AND consent_rule.valid_to > ?2 AND (consent_rule.trajectory IS NULL OR (SELECT min(relation.trajectory) AS min_2
FROM relation
WHERE relation.patient = patient."key" AND relation.org = ?1 AND relation.kind = 'care' AND relation.valid_from <= ?2 AND relation.valid_to > ?2) IS NULL OR consent_rule.trajectory = (SELECT min(relation.trajectory) AS min_2
FROM relation
WHERE relation.patient = patient."key" AND relation.org = ?1 AND relation.kind = 'care' AND relation.valid_from <= ?2 AND relation.valid_to > ?2)) AND consent_rule.con_type = 'CON-2')) ELSE 0 END AS permit, CASE WHEN ('his' = 'his') THEN (SELECT min(consent_rule.consent) AS min_3
FROM consent_rule
WHERE consent_rule.patient = patient."key" AND (consent_rule.party = ?1 OR consent_rule.party = ?4 OR consent_rule.party = ?3 OR consent_rule.party = '*') AND consent_rule.effect = 'permit' AND (consent_rule.category IS NULL OR consent_rule.category = 'his') AND consent_rule.valid_from <= ?2 AND consent_rule.valid_to > ?2 AND (consent_rule.trajectory IS NULL OR (SELECT min(relation.trajectory) AS min_2
FROM relation
WHERE relation.patient = patient."key" AND relation.org = ?1 AND relation.kind = 'care' AND relation.valid_from <= ?2 AND relation.valid_to > ?2) IS NULL OR consent_rule.trajectory = (SELECT min(relation.trajectory) AS min_2
FROM relation
WHERE relation.patient = patient."key" AND relation.org = ?1 AND relation.kind = 'care' AND relation.valid_from <= ?2 AND relation.valid_to > ?2)) AND consent_rule.con_type = 'CON-1') ELSE NULL END AS consent, CASE WHEN ('his' = 'his') THEN 'full' ELSE NULL END AS "view", patient."key" AS patient, patient.gp AS custodian, organisation.record_source, resource.body AS patient_body
FROM patient LEFT OUTER JOIN organisation ON organisation.ura = patient.gp LEFT OUTER JOIN resource ON resource.type = 'Patient' AND resource.id = patient.resource_id AND resource.patient = patient."key"
WHERE patient.resource_id = ?5
