"""Entries of the access log, and the note per abuis."""
