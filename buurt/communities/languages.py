"""Languages neighbours speak with each other, and the ones our pages and mails can be read in."""

from collections.abc import Iterable

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import get_language_info, gettext_lazy, pgettext
from django.utils.translation import gettext as _

from buurt.communities.models import Community

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
    return _("%(most)s en %(last)s") % {"most": comma_list(names[:-1]), "last": names[-1]}


def comma_list(parts: Iterable[str]) -> str:
    """Return parts of a sentence after one another, with the comma of the page's language."""
    return pgettext("between parts of a sentence", ", ").join(parts)


def page_languages(community: Community | None) -> list[str]:
    """Return the languages this community's pages can be read in, Dutch first; without a community all of them."""
    ours = [code for code, _name in settings.LANGUAGES]
    if community is None:
        return ours
    return [code for code in ours if code == settings.LANGUAGE_CODE or code in community.languages]


def language_choices(community: Community | None) -> list[tuple[str, str]]:
    """Return those languages with their own names, for a form."""
    return [(code, str(get_language_info(code)["name_local"])) for code in page_languages(community)]


def catalogue_for(wanted: Iterable[str], community: Community | None) -> str:
    """Return the catalogue to speak: the first wanted language that is on here, else Dutch, with "u" if they say so."""
    offered = page_languages(community)
    language = next((code for code in wanted if code in offered), settings.LANGUAGE_CODE)
    if language == settings.LANGUAGE_CODE and community is not None and community.formal:
        return settings.FORMAL_LANGUAGE_CODE
    return language
