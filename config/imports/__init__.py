"""Bringing posts in from elsewhere, through the same services as everybody uses."""
