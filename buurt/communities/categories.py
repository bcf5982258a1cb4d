"""The sixteen kinds of help, with the words people see; a community may switch some off, not invent others."""

from django.db import models
from django.utils.translation import pgettext_lazy


class Category(models.TextChoices):
    """Slug and Dutch name of a kind of help (product.md, Categories)."""

    COOKING = "cooking", pgettext_lazy("category", "Koken en eten")
    GROCERIES = "groceries", pgettext_lazy("category", "Boodschappen")
    TRANSPORT = "transport", pgettext_lazy("category", "Lift")
    ADMIN = "admin", pgettext_lazy("category", "Post en papieren")
    DIGITAL = "digital", pgettext_lazy("category", "Computer en telefoon")
    REPAIRS = "repairs", pgettext_lazy("category", "Klusjes")
    GARDEN = "garden", pgettext_lazy("category", "Tuin")
    COMPANY = "company", pgettext_lazy("category", "Gezelschap en meegaan")
    LANGUAGE = "language", pgettext_lazy("category", "Taal en huiswerk")
    CHILDCARE = "childcare", pgettext_lazy("category", "Kinderen")
    PETS = "pets", pgettext_lazy("category", "Dieren")
    CARE = "care", pgettext_lazy("category", "Even de zorg overnemen")
    ACTIVITIES = "activities", pgettext_lazy("category", "Samen doen")
    LENDING = "lending", pgettext_lazy("category", "Lenen en weggeven")
    MOVING = "moving", pgettext_lazy("category", "Sjouwen en verhuizen")
    OTHER = "other", pgettext_lazy("category", "Iets anders")


# The lucide icon of each kind (design.md, Icons).
CATEGORY_ICONS: dict[str, str] = {
    "cooking": "cooking-pot",
    "groceries": "shopping-basket",
    "transport": "car",
    "admin": "file-text",
    "digital": "laptop",
    "repairs": "hammer",
    "garden": "sprout",
    "company": "coffee",
    "language": "languages",
    "childcare": "baby",
    "pets": "paw-print",
    "care": "heart-handshake",
    "activities": "users",
    "lending": "gift",
    "moving": "truck",
    "other": "sparkles",
}

# One-to-one help at home with these kinds is for adults only (law.md, C.1 Children).
ADULTS_ONLY = frozenset({Category.CHILDCARE, Category.CARE})
