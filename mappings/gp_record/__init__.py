"""What goes into the GP record, and what was copied out of it."""
