"""The trajectory, its team, and its end."""
