"""The pages of asks and offers."""
