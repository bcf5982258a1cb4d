"""Pages of the wegwijzers."""
