"""Organisations, staff and networks."""
