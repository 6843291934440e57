"""The records themselves: closed forms, one model per kind."""
