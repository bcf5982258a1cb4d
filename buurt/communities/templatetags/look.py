"""Template words for how things look: icons, the street, initials, a number one can dial."""

import re
from typing import Any

from django import template
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from buurt.communities.categories import CATEGORY_ICONS
from buurt.communities.street import draw_street
from buurt.communities.themes.addresses import sheet_address
from buurt.communities.undo import undo_of

register = template.Library()


@register.simple_tag
def icon(name: str, classes: str = "") -> SafeString:
    """Draw an icon of the sprite; never read aloud, so a word stands beside it."""
    return format_html(
        '<svg class="b-icon{}" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        f" {classes}" if classes else "",
        static("icons.svg"),
        name,
    )


@register.simple_tag
def category_icon(slug: str, classes: str = "") -> SafeString:
    """Draw the icon of a kind of help."""
    return icon(CATEGORY_ICONS.get(slug, CATEGORY_ICONS["other"]), classes)


@register.simple_tag
def street(community: Any, lit: int = 0) -> SafeString:
    """Draw the community's street across the page, with as many lit windows as asks were answered."""
    return format_html('<div class="b-street">{}</div>', _drawing(community, lit, houses=14))


@register.simple_tag
def small_street(community: Any, lit: int = 0) -> SafeString:
    """Draw a few houses of the community's street, for "het is gelukt" and an empty board."""
    return format_html('<div class="b-street b-street--small">{}</div>', _drawing(community, lit, houses=5))


def _drawing(community: Any, lit: int, *, houses: int) -> SafeString:
    title = ""
    if lit > 0:
        title = ngettext(
            "Een straat. Er brandt licht achter %(count)d raam.",
            "Een straat. Er brandt licht achter %(count)d ramen.",
            lit,
        ) % {"count": lit}
    slug = getattr(community, "slug", None) or "buurt"
    # The drawing holds numbers and our own class names; its title is escaped where it is made.
    return mark_safe(draw_street(slug, lit, houses=houses, title=title))  # noqa: S308


@register.simple_tag
def theme_sheet(community: Any, worn: str = "") -> SafeString:
    """Link the style sheet of the community's theme, or of the one named `worn`; nothing for Buurt's own.

    For screens only: on paper every theme is black on white.
    """
    href = sheet_address(community, worn)
    return format_html('<link rel="stylesheet" href="{}" media="screen">', href) if href else SafeString("")


@register.simple_tag
def own_logo(community: Any) -> SafeString:
    """Draw the logo that the community uploaded; nothing when it has none. Its name stands beside it."""
    if not getattr(community, "logo_version", ""):
        return SafeString("")
    href = reverse("communities:logo", args=[community.slug, community.logo_version])
    return format_html('<img class="b-brand__own" src="{}" width="{}" height="40" alt="">', href, community.logo_width)


@register.filter
def undo(extra_tags: str) -> dict[str, object] | None:
    """Give what the button of a notice takes back, or nothing (buurt/communities/undo.py)."""
    return undo_of(extra_tags or "")


@register.filter
def initials(name: str) -> str:
    """Give one or two capitals for a name: "Anna de Vries" becomes "AV", an empty name a question mark."""
    words = [word for word in str(name or "").split() if word[:1].isalnum()]
    if not words:
        return "?"
    first, last = words[0], words[-1]
    return (first[0] + (last[0] if len(words) > 1 else "")).upper()


@register.filter
def dial(number: str) -> str:
    """Give a telephone number as a tel: address wants it: digits, and a plus in front if it had one."""
    text = str(number or "").strip()
    plus = "+" if text.startswith("+") else ""
    return plus + re.sub(r"\D", "", text.replace("(0)", ""))


@register.filter
def isolated(words: str) -> str:
    """Keep words or a number whole inside a sentence that runs the other way: Dutch hours in an Arabic line."""
    return f"\u2068{words}\u2069" if words else ""


@register.filter
def before_words(label: str) -> str:
    """Let a label lead into a sentence: with a colon, unless it ends in a mark of its own."""
    text = str(label).strip()
    return text if text.endswith(("?", "!", ".", ":")) else f"{text}:"


@register.filter
def badge(count: int) -> str:
    """Show a count on a badge: nothing for none, "9+" above nine."""
    if not count or count < 1:
        return ""
    return str(count) if count < 10 else _("9+")


@register.filter
def bars(count: int, total: int) -> list[bool]:
    """Give one truth per bar: the first `count` of `total` are full."""
    return [position < int(count) for position in range(int(total))]
