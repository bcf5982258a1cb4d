"""Pages of conversations: access, form, service, response."""
