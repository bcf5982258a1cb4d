"""The checks on wegwijzers and lists. Exact: every route is considered, none is sampled. No Django in here."""
