"""Short words people type about themselves, tidied before they are kept."""

import re
import unicodedata

from django.utils.translation import gettext_lazy as _

LIMITS = (
    ("no_stairs", _("Geen trappen lopen")),
    ("no_lifting", _("Niet zwaar tillen")),
    ("not_at_home", _("Niet bij iemand thuis")),
    ("no_pets", _("Geen huisdieren")),
    ("no_smoke", _("Niet waar gerookt wordt")),
    ("no_dark", _("Niet in het donker op pad")),
)

_CONTACT = re.compile(r"@|https?:|www\.|(?:\d[\s.-]?){6,}", re.IGNORECASE)


def one_line(raw: str) -> str:
    """Return the words on one line, without control and direction characters and double spaces."""
    text = unicodedata.normalize("NFC", raw)
    kept = "".join(" " if character.isspace() else character for character in text)
    return " ".join("".join(c for c in kept if unicodedata.category(c) not in {"Cc", "Cf", "Co", "Cs"}).split())


def looks_like_contact(text: str) -> bool:
    """Say whether there is a telephone number, e-mail or web address in it."""
    return bool(_CONTACT.search(text))
