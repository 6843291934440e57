SELECT CASE WHEN (resource.custodian = '-') THEN true WHEN (resource.custodian = %(ura)s::VARCHAR) THEN true WHEN (patient.gp = %(ura)s::VARCHAR) THEN true WHEN CASE WHEN (EXISTS (SELECT 1
FROM agreement
WHERE agreement.a = resource.custodian AND agreement.b = %(ura)s::VARCHAR AND agreement.kind = 'partner' AND agreement.valid_from <= %(now)s::BIGINT AND agreement.valid_to > %(now)s::BIGINT)) THEN true WHEN (EXISTS (SELECT 1
FROM agreement
WHERE agreement.a = %(ura)s::VARCHAR AND agreement.b = resource.custodian AND agreement.kind = 'partner' AND agreement.valid_from <= %(now)s::BIGINT AND agreement.valid_to > %(now)s::BIGINT)) THEN true ELSE false END THEN true ELSE false END AS tenant, CASE WHEN (resource.category = 'plan') THEN EXISTS (SELECT 1
FROM audience
WHERE audience.rid = resource.rid AND audience.party = %(ura)s::VARCHAR AND audience.valid_from <= %(now)s::BIGINT AND audience.valid_to > %(now)s::BIGINT) ELSE false END AND NOT resource.hidden AND (resource.patient = '-' OR patient.deceased_at IS NULL OR patient.gp = %(ura)s::VARCHAR) AS role_ok, EXISTS (SELECT 1
FROM consent_rule
WHERE consent_rule.patient = resource.patient AND (consent_rule.party = %(ura)s::VARCHAR OR consent_rule.party = %(function)s::VARCHAR OR consent_rule.party = %(staff)s::VARCHAR OR consent_rule.party = '*') AND consent_rule.effect = 'deny' AND (consent_rule.category IS NULL OR consent_rule.category = resource.category) AND consent_rule.valid_from <= %(now)s::BIGINT AND consent_rule.valid_to > %(now)s::BIGINT) AS deny, CASE WHEN (resource.category = 'plan') THEN (SELECT min(relation.id) AS min_1
FROM relation
WHERE relation.patient = resource.patient AND relation.org = %(ura)s::VARCHAR AND relation.kind = 'partner' AND relation.valid_from <= %(now)s::BIGINT AND relation.valid_to > %(now)s::BIGINT) ELSE NULL END AS relation, false AS relation_ok, CASE WHEN (resource.category = 'plan') THEN (EXISTS (SELECT 1
FROM consent_rule
WHERE consent_rule.patient = resource.patient AND (consent_rule.party = %(ura)s::VARCHAR OR consent_rule.party = %(function)s::VARCHAR OR consent_rule.party = %(staff)s::VARCHAR OR consent_rule.party = '*') AND consent_rule.effect = 'permit' AND (consent_rule.category IS NULL OR consent_rule.category = resource.category) AND consent_rule.valid_from <= %(now)s::BIGINT AND consent_rule.valid_to > %(now)s::BIGINT AND (consent_rule.trajectory IS NULL OR resource.trajectory IS NULL OR consent_rule.trajectory = resource.trajectory) AND consent_rule.con_type = 'CON-5')) AND CASE WHEN (EXISTS (SELECT 1
FROM alignment
WHERE alignment.practice = patient.gp AND alignment.party = %(ura)s::VARCHAR AND alignment.patient = '*' AND alignment.valid_from <= %(now)s::BIGINT AND alignment.valid_to > %(now)s::BIGINT)) THEN true WHEN (EXISTS (SELECT 1
FROM alignment
WHERE alignment.practice = patient.gp AND alignment.party = %(ura)s::VARCHAR AND alignment.patient = resource.patient AND alignment.valid_from <= %(now)s::BIGINT AND alignment.valid_to > %(now)s::BIGINT)) THEN true ELSE false END ELSE false END AS permit, CASE WHEN (resource.category = 'plan') THEN (SELECT min(consent_rule.consent) AS min_2
FROM consent_rule
WHERE consent_rule.patient = resource.patient AND (consent_rule.party = %(ura)s::VARCHAR OR consent_rule.party = %(function)s::VARCHAR OR consent_rule.party = %(staff)s::VARCHAR OR consent_rule.party = '*') AND consent_rule.effect = 'permit' AND (consent_rule.category IS NULL OR consent_rule.category = resource.category) AND consent_rule.valid_from <= %(now)s::BIGINT AND consent_rule.valid_to > %(now)s::BIGINT AND (consent_rule.trajectory IS NULL OR resource.trajectory IS NULL OR consent_rule.trajectory = resource.trajectory) AND consent_rule.con_type = 'CON-5') ELSE NULL END AS consent, CASE WHEN (resource.owner = %(ura)s::VARCHAR) THEN 'full' ELSE CASE WHEN (resource.category = 'plan') THEN 'part' ELSE NULL END END AS view, resource.rid, resource.version, resource.updated, resource.patient, resource.category, resource.custodian, resource.trajectory, resource.body
FROM resource LEFT OUTER JOIN patient ON patient.key = resource.patient
WHERE resource.type = 'CarePlan' AND resource.id = %(id)s::VARCHAR
