"""Consents CON-1 to CON-6, and who may give them."""
