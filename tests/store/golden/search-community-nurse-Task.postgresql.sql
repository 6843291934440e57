WITH hits AS
(SELECT resource.rid AS rid, resource.id AS id, resource.version AS version, CASE WHEN (CASE WHEN (resource.owner = %(ura)s::VARCHAR) THEN 'full' ELSE CASE WHEN (resource.category = 'plan') THEN 'part' ELSE NULL END END = 'full') THEN resource.updated ELSE 0 END AS place, resource.patient AS patient, resource.category AS category, resource.custodian AS custodian, resource.trajectory AS trajectory, CASE WHEN (resource.category = 'plan') THEN (SELECT min(relation.id) AS min_1
FROM relation
WHERE relation.patient = resource.patient AND relation.org = %(ura)s::VARCHAR AND relation.kind = 'partner' AND relation.valid_from <= %(now)s::BIGINT AND relation.valid_to > %(now)s::BIGINT) ELSE NULL END AS relation, CASE WHEN (resource.category = 'plan') THEN (SELECT min(consent_rule.consent) AS min_2
FROM consent_rule
WHERE consent_rule.patient = resource.patient AND (consent_rule.party = %(ura)s::VARCHAR OR consent_rule.party = %(function)s::VARCHAR OR consent_rule.party = %(staff)s::VARCHAR OR consent_rule.party = '*') AND consent_rule.effect = 'permit' AND (consent_rule.category IS NULL OR consent_rule.category = resource.category) AND consent_rule.valid_from <= %(now)s::BIGINT AND consent_rule.valid_to > %(now)s::BIGINT AND (consent_rule.trajectory IS NULL OR resource.trajectory IS NULL OR consent_rule.trajectory = resource.trajectory) AND consent_rule.con_type = 'CON-5') ELSE NULL END AS consent, CASE WHEN (resource.owner = %(ura)s::VARCHAR) THEN 'full' ELSE CASE WHEN (resource.category = 'plan') THEN 'part' ELSE NULL END END AS view
FROM resource LEFT OUTER JOIN patient ON patient.key = resource.patient
WHERE resource.type = 'Task' AND CASE WHEN (resource.custodian = '-') THEN true WHEN (resource.custodian = %(ura)s::VARCHAR) THEN true WHEN (patient.gp = %(ura)s::VARCHAR) THEN true WHEN CASE WHEN (EXISTS (SELECT 1
FROM agreement
WHERE agreement.a = resource.custodian AND agreement.b = %(ura)s::VARCHAR AND agreement.kind = 'partner' AND agreement.valid_from <= %(now)s::BIGINT AND agreement.valid_to > %(now)s::BIGINT)) THEN true WHEN (EXISTS (SELECT 1
FROM agreement
WHERE agreement.a = %(ura)s::VARCHAR AND agreement.b = resource.custodian AND agreement.kind = 'partner' AND agreement.valid_from <= %(now)s::BIGINT AND agreement.valid_to > %(now)s::BIGINT)) THEN true ELSE false END THEN true ELSE false END AND CASE WHEN (resource.category = 'plan') THEN EXISTS (SELECT 1
FROM audience
WHERE audience.rid = resource.rid AND audience.party = %(ura)s::VARCHAR AND audience.valid_from <= %(now)s::BIGINT AND audience.valid_to > %(now)s::BIGINT) ELSE false END AND NOT resource.hidden AND (resource.patient = '-' OR patient.deceased_at IS NULL OR patient.gp = %(ura)s::VARCHAR) AND NOT (EXISTS (SELECT 1
FROM consent_rule
WHERE consent_rule.patient = resource.patient AND (consent_rule.party = %(ura)s::VARCHAR OR consent_rule.party = %(function)s::VARCHAR OR consent_rule.party = %(staff)s::VARCHAR OR consent_rule.party = '*') AND consent_rule.effect = 'deny' AND (consent_rule.category IS NULL OR consent_rule.category = resource.category) AND consent_rule.valid_from <= %(now)s::BIGINT AND consent_rule.valid_to > %(now)s::BIGINT)) AND CASE WHEN (resource.category = 'plan') THEN (SELECT min(relation.id) AS min_3
FROM relation
WHERE relation.patient = resource.patient AND relation.org = %(ura)s::VARCHAR AND relation.kind = 'partner' AND relation.valid_from <= %(now)s::BIGINT AND relation.valid_to > %(now)s::BIGINT) ELSE NULL END IS NOT NULL AND CASE WHEN (resource.category = 'plan') THEN (EXISTS (SELECT 1
FROM consent_rule
WHERE consent_rule.patient = resource.patient AND (consent_rule.party = %(ura)s::VARCHAR OR consent_rule.party = %(function)s::VARCHAR OR consent_rule.party = %(staff)s::VARCHAR OR consent_rule.party = '*') AND consent_rule.effect = 'permit' AND (consent_rule.category IS NULL OR consent_rule.category = resource.category) AND consent_rule.valid_from <= %(now)s::BIGINT AND consent_rule.valid_to > %(now)s::BIGINT AND (consent_rule.trajectory IS NULL OR resource.trajectory IS NULL OR consent_rule.trajectory = resource.trajectory) AND consent_rule.con_type = 'CON-5')) AND CASE WHEN (EXISTS (SELECT 1
FROM alignment
WHERE alignment.practice = patient.gp AND alignment.party = %(ura)s::VARCHAR AND alignment.patient = '*' AND alignment.valid_from <= %(now)s::BIGINT AND alignment.valid_to > %(now)s::BIGINT)) THEN true WHEN (EXISTS (SELECT 1
FROM alignment
WHERE alignment.practice = patient.gp AND alignment.party = %(ura)s::VARCHAR AND alignment.patient = resource.patient AND alignment.valid_from <= %(now)s::BIGINT AND alignment.valid_to > %(now)s::BIGINT)) THEN true ELSE false END ELSE false END AND resource.patient = (SELECT patient.key
FROM patient
WHERE patient.resource_id = %(c0_0_1)s::VARCHAR) AND ((EXISTS (SELECT 1
FROM search_token
WHERE search_token.rid = resource.rid AND search_token.type = resource.type AND search_token.param = 'status' AND search_token.system = %(c1_0_0)s::VARCHAR AND search_token.code = %(c1_0_1)s::VARCHAR)) OR (EXISTS (SELECT 1
FROM search_token
WHERE search_token.rid = resource.rid AND search_token.type = resource.type AND search_token.param = 'status' AND search_token.code = %(c1_1_1)s::VARCHAR)) OR (EXISTS (SELECT 1
FROM search_token
WHERE search_token.rid = resource.rid AND search_token.type = resource.type AND search_token.param = 'status' AND search_token.system = %(c1_2_0)s::VARCHAR))))
 SELECT anon_1.total, anon_2.rid, anon_2.id, anon_2.version, anon_2.place, anon_2.patient, anon_2.category, anon_2.custodian, anon_2.trajectory, anon_2.relation, anon_2.consent, anon_2.view, anon_2.body
FROM (SELECT count(*) AS total
FROM hits) AS anon_1 LEFT OUTER JOIN (SELECT hits.rid AS rid, hits.id AS id, hits.version AS version, hits.place AS place, hits.patient AS patient, hits.category AS category, hits.custodian AS custodian, hits.trajectory AS trajectory, hits.relation AS relation, hits.consent AS consent, hits.view AS view, resource.body AS body
FROM hits JOIN resource ON resource.rid = hits.rid
WHERE (-hits.place, hits.id) > (-%(after_place)s::BIGINT, %(after_id)s::VARCHAR) ORDER BY hits.place DESC, hits.id
 LIMIT %(limit)s::BIGINT) AS anon_2 ON 1 = 1 ORDER BY anon_2.place DESC, anon_2.id
