"""The multidisciplinary meeting."""
