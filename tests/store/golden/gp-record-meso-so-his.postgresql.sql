SELECT CASE WHEN (patient.gp = '-') THEN true WHEN (patient.gp = %(ura)s::VARCHAR) THEN true WHEN (patient.gp = %(ura)s::VARCHAR) THEN true WHEN (CASE WHEN (EXISTS (SELECT 1
FROM agreement
WHERE agreement.a = patient.gp AND agreement.b = %(ura)s::VARCHAR AND agreement.kind = 'his-user' AND agreement.valid_from <= %(now)s::BIGINT AND agreement.valid_to > %(now)s::BIGINT)) THEN true WHEN (EXISTS (SELECT 1
FROM agreement
WHERE agreement.a = %(ura)s::VARCHAR AND agreement.b = patient.gp AND agreement.kind = 'his-user' AND agreement.valid_from <= %(now)s::BIGINT AND agreement.valid_to > %(now)s::BIGINT)) THEN true ELSE false END AND (EXISTS (SELECT 1
FROM staff_authorisation
WHERE staff_authorisation.practice = patient.gp AND staff_authorisation.staff = %(staff)s::VARCHAR AND staff_authorisation.valid_from <= %(now)s::BIGINT AND staff_authorisation.valid_to > %(now)s::BIGINT))) THEN true ELSE false END AS tenant, CASE WHEN ('his' = 'his') THEN true ELSE false END AND (patient.key = '-' OR patient.deceased_at IS NULL OR patient.gp = %(ura)s::VARCHAR) AS role_ok, EXISTS (SELECT 1
FROM consent_rule
WHERE consent_rule.patient = patient.key AND (consent_rule.party = %(ura)s::VARCHAR OR consent_rule.party = %(function)s::VARCHAR OR consent_rule.party = %(staff)s::VARCHAR OR consent_rule.party = '*') AND consent_rule.effect = 'deny' AND (consent_rule.category IS NULL OR consent_rule.category = 'his') AND consent_rule.valid_from <= %(now)s::BIGINT AND consent_rule.valid_to > %(now)s::BIGINT) AS deny, CASE WHEN ('his' = 'his') THEN (SELECT min(relation.id) AS min_1
FROM relation
WHERE relation.patient = patient.key AND relation.org = %(ura)s::VARCHAR AND relation.kind = 'care' AND relation.valid_from <= %(now)s::BIGINT AND relation.valid_to > %(now)s::BIGINT) ELSE NULL END AS relation, false AS relation_ok, CASE WHEN ('his' = 'his') THEN (EXISTS (SELECT 1
FROM consent_rule
WHERE consent_rule.patient = patient.key AND (consent_rule.party = %(ura)s::VARCHAR OR consent_rule.party = %(function)s::VARCHAR OR consent_rule.party = %(staff)s::VARCHAR OR consent_rule.party = '*') AND consent_rule.effect = 'permit' AND (consent_rule.category IS NULL OR consent_rule.category = 'his') AND consent_rule.valid_from <= %(now)s::BIGINT AND consent_rule.valid_to > %(now)s::BIGINT AND (consent_rule.trajectory IS NULL OR (SELECT min(relation.trajectory) AS min_2
FROM relation
WHERE relation.patient = patient.key AND relation.org = %(ura)s::VARCHAR AND relation.kind = 'care' AND relation.valid_from <= %(now)s::BIGINT AND relation.valid_to > %(now)s::BIGINT) IS NULL OR consent_rule.trajectory = (SELECT min(relation.trajectory) AS min_2
FROM relation
WHERE relation.patient = patient.key AND relation.org = %(ura)s::VARCHAR AND relation.kind = 'care' AND relation.valid_from <= %(now)s::BIGINT AND relation.valid_to > %(now)s::BIGINT)) AND consent_rule.con_type = 'CON-1')) AND (EXISTS (SELECT 1
FROM consent_rule
WHERE consent_rule.patient = patient.key AND (consent_rule.party = %(ura)s::VARCHAR OR consent_rule.party = %(function)s::VARCHAR OR consent_rule.party = %(staff)s::VARCHAR OR consent_rule.party = '*') AND consent_rule.effect = 'permit' AND (consent_rule.category IS NULL OR consent_rule.category = 'his') AND consent_rule.valid_from <= %(now)s::BIGINT AND consent_rule.valid_to > %(now)s::BIGINT AND (consent_rule.trajectory IS NULL OR (SELECT min(relation.trajectory) AS min_2
FROM relation
WHERE relation.patient = patient.key AND relation.org = %(ura)s::VARCHAR AND relation.kind = 'care' AND relation.valid_from <= %(now)s::BIGINT AND relation.valid_to > %(now)s::BIGINT) IS NULL OR consent_rule.trajectory = (SELECT min(relation.trajectory) AS min_2
FROM relation
WHERE relation.patient = patient.key AND relation.org = %(ura)s::VARCHAR AND relation.kind = 'care' AND relation.valid_from <= %(now)s::BIGINT AND relation.valid_to > %(now)s::BIGINT)) AND consent_rule.con_type = 'CON-2')) ELSE false END AS permit, CASE WHEN ('his' = 'his') THEN (SELECT min(consent_rule.consent) AS min_3
FROM consent_rule
WHERE consent_rule.patient = patient.key AND (consent_rule.party = %(ura)s::VARCHAR OR consent_rule.party = %(function)s::VARCHAR OR consent_rule.party = %(staff)s::VARCHAR OR consent_rule.party = '*') AND consent_rule.effect = 'permit' AND (consent_rule.category IS NULL OR consent_rule.category = 'his') AND consent_rule.valid_from <= %(now)s::BIGINT AND consent_rule.valid_to > %(now)s::BIGINT AND (consent_rule.trajectory IS NULL OR (SELECT min(relation.trajectory) AS min_2
FROM relation
WHERE relation.patient = patient.key AND relation.org = %(ura)s::VARCHAR AND relation.kind = 'care' AND relation.valid_from <= %(now)s::BIGINT AND relation.valid_to > %(now)s::BIGINT) IS NULL OR consent_rule.trajectory = (SELECT min(relation.trajectory) AS min_2
FROM relation
WHERE relation.patient = patient.key AND relation.org = %(ura)s::VARCHAR AND relation.kind = 'care' AND relation.valid_from <= %(now)s::BIGINT AND relation.valid_to > %(now)s::BIGINT)) AND consent_rule.con_type = 'CON-1') ELSE NULL END AS consent, CASE WHEN ('his' = 'his') THEN 'full' ELSE NULL END AS view, patient.key AS patient, patient.gp AS custodian, organisation.record_source, resource.body AS patient_body
FROM patient LEFT OUTER JOIN organisation ON organisation.ura = patient.gp LEFT OUTER JOIN resource ON resource.type = 'Patient' AND resource.id = patient.resource_id AND resource.patient = patient.key
WHERE patient.resource_id = %(id)s::VARCHAR
