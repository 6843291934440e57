SELECT 1 AS admitted
FROM patient
WHERE patient."key" = ?1 AND CASE WHEN (?2 = '-') THEN 1 WHEN (?2 = ?3) THEN 1 WHEN (patient.gp = ?3) THEN 1 WHEN CASE WHEN (EXISTS (SELECT 1
FROM agreement
WHERE agreement.a = ?2 AND agreement.b = ?3 AND agreement.kind = 'partner' AND agreement.valid_from <= ?4 AND agreement.valid_to > ?4)) THEN 1 WHEN (EXISTS (SELECT 1
FROM agreement
WHERE agreement.a = ?3 AND agreement.b = ?2 AND agreement.kind = 'partner' AND agreement.valid_from <= ?4 AND agreement.valid_to > ?4)) THEN 1 ELSE 0 END THEN 1 ELSE 0 END = 1 AND CASE WHEN ('plan' = 'plan') THEN 1 ELSE 0 END = 1 AND (patient."key" = '-' OR patient.deceased_at IS NULL OR patient.gp = ?3) AND NOT (EXISTS (SELECT 1
FROM consent_rule
WHERE consent_rule.patient = patient."key" AND (consent_rule.party = ?3 OR consent_rule.party = ?5 OR consent_rule.party = ?6 OR consent_rule.party = '*') AND consent_rule.effect = 'deny' AND (consent_rule.category IS NULL OR consent_rule.category = 'plan') AND consent_rule.valid_from <= ?4 AND consent_rule.valid_to > ?4)) AND CASE WHEN ('plan' = 'plan') THEN (SELECT min(relation.id) AS min_1
FROM relation
WHERE relation.patient = patient."key" AND relation.org = ?3 AND relation.kind = 'partner' AND relation.valid_from <= ?4 AND relation.valid_to > ?4) ELSE NULL END IS NOT NULL AND CASE WHEN ('plan' = 'plan') THEN (EXISTS (SELECT 1
FROM consent_rule
WHERE consent_rule.patient = patient."key" AND (consent_rule.party = ?3 OR consent_rule.party = ?5 OR consent_rule.party = ?6 OR consent_rule.party = '*') AND consent_rule.effect = 'permit' AND (consent_rule.category IS NULL OR consent_rule.category = 'plan') AND consent_rule.valid_from <= ?4 AND consent_rule.valid_to > ?4 AND (consent_rule.trajectory IS NULL OR ?7 IS NULL OR consent_rule.trajectory = ?7) AND consent_rule.con_type = 'CON-5')) AND CASE WHEN (EXISTS (SELECT 1
FROM alignment
WHERE alignment.practice = patient.gp AND alignment.party = ?3 AND alignment.patient = '*' AND alignment.valid_from <= ?4 AND alignment.valid_to > ?4)) THEN 1 WHEN (EXISTS (SELECT 1
FROM alignment
WHERE alignment.practice = patient.gp AND alignment.party = ?3 AND alignment.patient = patient."key" AND alignment.valid_from <= ?4 AND alignment.valid_to > ?4)) THEN 1 ELSE 0 END = 1 ELSE 0 END = 1
