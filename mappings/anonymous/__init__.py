"""Cases and figures that lead back to nobody."""
