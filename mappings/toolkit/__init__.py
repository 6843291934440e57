"""What every mapping is made of: reading without losing, writing, ids, names, code lists."""
