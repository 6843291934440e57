SELECT 1 AS admitted
FROM patient
WHERE patient.key = %(patient)s::VARCHAR AND CASE WHEN (%(custodian)s::VARCHAR = '-') THEN true WHEN (%(custodian)s::VARCHAR = %(ura)s::VARCHAR) THEN true WHEN (patient.gp = %(ura)s::VARCHAR) THEN true WHEN CASE WHEN (EXISTS (SELECT 1
FROM agreement
WHERE agreement.a = %(custodian)s::VARCHAR AND agreement.b = %(ura)s::VARCHAR AND agreement.kind = 'partner' AND agreement.valid_from <= %(now)s::BIGINT AND agreement.valid_to > %(now)s::BIGINT)) THEN true WHEN (EXISTS (SELECT 1
FROM agreement
WHERE agreement.a = %(ura)s::VARCHAR AND agreement.b = %(custodian)s::VARCHAR AND agreement.kind = 'partner' AND agreement.valid_from <= %(now)s::BIGINT AND agreement.valid_to > %(now)s::BIGINT)) THEN true ELSE false END THEN true ELSE false END AND CASE WHEN ('plan' = 'plan') THEN true ELSE false END AND (patient.key = '-' OR patient.deceased_at IS NULL OR patient.gp = %(ura)s::VARCHAR) AND NOT (EXISTS (SELECT 1
FROM consent_rule
WHERE consent_rule.patient = patient.key AND (consent_rule.party = %(ura)s::VARCHAR OR consent_rule.party = %(function)s::VARCHAR OR consent_rule.party = %(staff)s::VARCHAR OR consent_rule.party = '*') AND consent_rule.effect = 'deny' AND (consent_rule.category IS NULL OR consent_rule.category = 'plan') AND consent_rule.valid_from <= %(now)s::BIGINT AND consent_rule.valid_to > %(now)s::BIGINT)) AND CASE WHEN ('plan' = 'plan') THEN (SELECT min(relation.id) AS min_1
FROM relation
WHERE relation.patient = patient.key AND relation.org = %(ura)s::VARCHAR AND relation.kind = 'partner' AND relation.valid_from <= %(now)s::BIGINT AND relation.valid_to > %(now)s::BIGINT) ELSE NULL END IS NOT NULL AND CASE WHEN ('plan' = 'plan') THEN (EXISTS (SELECT 1
FROM consent_rule
WHERE consent_rule.patient = patient.key AND (consent_rule.party = %(ura)s::VARCHAR OR consent_rule.party = %(function)s::VARCHAR OR consent_rule.party = %(staff)s::VARCHAR OR consent_rule.party = '*') AND consent_rule.effect = 'permit' AND (consent_rule.category IS NULL OR consent_rule.category = 'plan') AND consent_rule.valid_from <= %(now)s::BIGINT AND consent_rule.valid_to > %(now)s::BIGINT AND (consent_rule.trajectory IS NULL OR %(trajectory)s::VARCHAR IS NULL OR consent_rule.trajectory = %(trajectory)s::VARCHAR) AND consent_rule.con_type = 'CON-5')) AND CASE WHEN (EXISTS (SELECT 1
FROM alignment
WHERE alignment.practice = patient.gp AND alignment.party = %(ura)s::VARCHAR AND alignment.patient = '*' AND alignment.valid_from <= %(now)s::BIGINT AND alignment.valid_to > %(now)s::BIGINT)) THEN true WHEN (EXISTS (SELECT 1
FROM alignment
WHERE alignment.practice = patient.gp AND alignment.party = %(ura)s::VARCHAR AND alignment.patient = patient.key AND alignment.valid_from <= %(now)s::BIGINT AND alignment.valid_to > %(now)s::BIGINT)) THEN true ELSE false END ELSE false END
