"""Languages neighbours speak with each other; a community's own list comes first in forms."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

SPOKEN: dict[str, str | Promise] = {
    "nl": gettext_lazy("Nederlands"),
    "en": gettext_lazy("Engels"),
    "tr": gettext_lazy("Turks"),
    "ar": gettext_lazy("Arabisch"),
    "pl": gettext_lazy("Pools"),
    "uk": gettext_lazy("Oekraïens"),
    "fa": gettext_lazy("Farsi"),
    "ti": gettext_lazy("Tigrinya"),
    "so": gettext_lazy("Somalisch"),
    "bg": gettext_lazy("Bulgaars"),
    "ro": gettext_lazy("Roemeens"),
    "es": gettext_lazy("Spaans"),
    "fr": gettext_lazy("Frans"),
    "de": gettext_lazy("Duits"),
}


def spoken_languages(codes: Iterable[str]) -> str:
    """Return languages in words: "Nederlands en Turks"; codes nobody knows are left out."""
    names = [str(SPOKEN[code]) for code in codes if code in SPOKEN]
    if len(names) < 2:
        return "".join(names)
    return _("%(most)s en %(last)s") % {"most": ", ".join(names[:-1]), "last": names[-1]}
