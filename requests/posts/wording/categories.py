"""The kinds of help, as slugs."""

CATEGORIES = (
    "cooking",
    "groceries",
    "transport",
    "admin",
    "digital",
    "repairs",
    "garden",
    "company",
    "language",
    "childcare",
    "pets",
    "care",
    "activities",
    "lending",
    "moving",
    "other",
)
