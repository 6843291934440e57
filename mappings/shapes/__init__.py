"""Shapes of others: read into our records, or made for one recipient."""
