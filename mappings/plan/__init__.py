"""The care plan and its parts, the assessment under it, and the wishes in it."""
