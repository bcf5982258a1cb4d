"""Measurements of what the product promises about speed; one module per subject, each with a `main()`."""
