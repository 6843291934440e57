SELECT token.client, token.ura, token.staff, token.person, token.role, token.purpose, token.scope, staff.valid_from <= ?1 AND staff.valid_to > ?1 AND staff.secrecy_signed_at IS NOT NULL AND staff.conduct_signed_at IS NOT NULL AND staff.suspended_at IS NULL AS staff_ok
FROM token JOIN staff ON staff.id = token.staff AND staff.ura = token.ura AND staff.role = token.role AND staff.person = token.person
WHERE token.hash = ?2 AND token.expires_at > ?1 AND token.revoked_at IS NULL
