SELECT token.client, token.ura, token.staff, token.person, token.role, token.purpose, token.scope, staff.valid_from <= %(now)s::BIGINT AND staff.valid_to > %(now)s::BIGINT AND staff.secrecy_signed_at IS NOT NULL AND staff.conduct_signed_at IS NOT NULL AND staff.suspended_at IS NULL AS staff_ok
FROM token JOIN staff ON staff.id = token.staff AND staff.ura = token.ura AND staff.role = token.role AND staff.person = token.person
WHERE token.hash = %(token)s AND token.expires_at > %(now)s::BIGINT AND token.revoked_at IS NULL
