SELECT resource.custodian = '-' OR resource.custodian = %(ura)s::VARCHAR OR patient.gp = %(ura)s::VARCHAR OR (EXISTS (SELECT 1
FROM agreement
WHERE agreement.a = resource.custodian AND agreement.b = %(ura)s::VARCHAR AND agreement.valid_from <= %(now)s::BIGINT AND agreement.valid_to > %(now)s::BIGINT)) OR (EXISTS (SELECT 1
FROM agreement
WHERE agreement.a = %(ura)s::VARCHAR AND agreement.b = resource.custodian AND agreement.valid_from <= %(now)s::BIGINT AND agreement.valid_to > %(now)s::BIGINT)) AS tenant, CASE WHEN (resource.category = 'plan') THEN true ELSE false END AND NOT resource.hidden AND (resource.patient = '-' OR patient.deceased_at IS NULL OR patient.gp = %(ura)s::VARCHAR) AS role_ok, EXISTS (SELECT 1
FROM consent_rule
WHERE consent_rule.patient = resource.patient AND (consent_rule.party = %(ura)s::VARCHAR OR consent_rule.party = %(function)s::VARCHAR OR consent_rule.party = %(staff)s::VARCHAR OR consent_rule.party = '*') AND consent_rule.effect = 'deny' AND (consent_rule.category IS NULL OR consent_rule.category = resource.category) AND consent_rule.valid_from <= %(now)s::BIGINT AND consent_rule.valid_to > %(now)s::BIGINT) AS deny, CASE WHEN (resource.category = 'plan') THEN (SELECT min(relation.id) AS min_1
FROM relation
WHERE relation.patient = resource.patient AND relation.org = %(ura)s::VARCHAR AND (relation.kind = 'care' OR relation.kind = 'consult' OR relation.kind = 'own-record' AND (resource.custodian = %(ura)s::VARCHAR OR resource.custodian = patient.gp)) AND relation.valid_from <= %(now)s::BIGINT AND relation.valid_to > %(now)s::BIGINT) ELSE NULL END AS relation, false AS relation_ok, CASE WHEN (resource.category = 'plan') THEN true ELSE false END AS permit, CASE WHEN (resource.category = 'plan') THEN NULL ELSE NULL END AS consent, CASE WHEN (resource.category = 'plan') THEN 'full' ELSE NULL END AS view, resource.rid, resource.version, resource.updated, resource.patient, resource.category, resource.custodian, resource.trajectory, resource.body
FROM resource LEFT OUTER JOIN patient ON patient.key = resource.patient
WHERE resource.type = 'CarePlan' AND resource.id = %(id)s::VARCHAR
