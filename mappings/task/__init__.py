"""What the owner of a Task may say about it."""
