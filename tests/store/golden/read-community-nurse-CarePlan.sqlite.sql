SELECT CASE WHEN (resource.custodian = '-') THEN 1 WHEN (resource.custodian = ?1) THEN 1 WHEN (patient.gp = ?1) THEN 1 WHEN CASE WHEN (EXISTS (SELECT 1
FROM agreement
WHERE agreement.a = resource.custodian AND agreement.b = ?1 AND agreement.kind = 'partner' AND agreement.valid_from <= ?2 AND agreement.valid_to > ?2)) THEN 1 WHEN (EXISTS (SELECT 1
FROM agreement
WHERE agreement.a = ?1 AND agreement.b = resource.custodian AND agreement.kind = 'partner' AND agreement.valid_from <= ?2 AND agreement.valid_to > ?2)) THEN 1 ELSE 0 END THEN 1 ELSE 0 END AS tenant, CASE WHEN (resource.category = 'plan') THEN EXISTS (SELECT 1
FROM audience
WHERE audience.rid = resource.rid AND audience.party = ?1 AND audience.valid_from <= ?2 AND audience.valid_to > ?2) ELSE 0 END = 1 AND resource.hidden = 0 AND (resource.patient = '-' OR patient.deceased_at IS NULL OR patient.gp = ?1) AS role_ok, EXISTS (SELECT 1
FROM consent_rule
WHERE consent_rule.patient = resource.patient AND (consent_rule.party = ?1 OR consent_rule.party = ?3 OR consent_rule.party = ?4 OR consent_rule.party = '*') AND consent_rule.effect = 'deny' AND (consent_rule.category IS NULL OR consent_rule.category = resource.category) AND consent_rule.valid_from <= ?2 AND consent_rule.valid_to > ?2) AS deny, CASE WHEN (resource.category = 'plan') THEN (SELECT min(relation.id) AS min_1
FROM relation
WHERE relation.patient = resource.patient AND relation.org = ?1 AND relation.kind = 'partner' AND relation.valid_from <= ?2 AND relation.valid_to > ?2) ELSE NULL END AS relation, 0 AS relation_ok, CASE WHEN (resource.category = 'plan') THEN (EXISTS (SELECT 1
FROM consent_rule
WHERE consent_rule.patient = resource.patient AND (consent_rule.party = ?1 OR consent_rule.party = ?3 OR consent_rule.party = ?4 OR consent_rule.party = '*') AND consent_rule.effect = 'permit' AND (consent_rule.category IS NULL OR consent_rule.category = resource.category) AND consent_rule.valid_from <= ?2 AND consent_rule.valid_to > ?2 AND (consent_rule.trajectory IS NULL OR resource.trajectory IS NULL OR consent_rule.trajectory = resource.trajectory) AND consent_rule.con_type = 'CON-5')) AND CASE WHEN (EXISTS (SELECT 1
FROM alignment
WHERE alignment.practice = patient.gp AND alignment.party = ?1 AND alignment.patient = '*' AND alignment.valid_from <= ?2 AND alignment.valid_to > ?2)) THEN 1 WHEN (EXISTS (SELECT 1
FROM alignment
WHERE alignment.practice = patient.gp AND alignment.party = ?1 AND alignment.patient = resource.patient AND alignment.valid_from <= ?2 AND alignment.valid_to > ?2)) THEN 1 ELSE 0 END = 1 ELSE 0 END AS permit, CASE WHEN (resource.category = 'plan') THEN (SELECT min(consent_rule.consent) AS min_2
FROM consent_rule
WHERE consent_rule.patient = resource.patient AND (consent_rule.party = ?1 OR consent_rule.party = ?3 OR consent_rule.party = ?4 OR consent_rule.party = '*') AND consent_rule.effect = 'permit' AND (consent_rule.category IS NULL OR consent_rule.category = resource.category) AND consent_rule.valid_from <= ?2 AND consent_rule.valid_to > ?2 AND (consent_rule.trajectory IS NULL OR resource.trajectory IS NULL OR consent_rule.trajectory = resource.trajectory) AND consent_rule.con_type = 'CON-5') ELSE NULL END AS consent, CASE WHEN (resource.owner = ?1) THEN 'full' ELSE CASE WHEN (resource.category = 'plan') THEN 'part' ELSE NULL END END AS "view", resource.rid, resource.version, resource.updated, resource.patient, resource.category, resource.custodian, resource.trajectory, resource.body
FROM resource LEFT OUTER JOIN patient ON patient."key" = resource.patient
WHERE resource.type = 'CarePlan' AND resource.id = ?5
