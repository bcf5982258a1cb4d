"""Let a community wear its own house style: a theme, a logo and a name, each checked before anybody sees it."""

from django.db import models, transaction
from django.utils.translation import gettext as _

from buurt.communities.models import Community, HouseStyle
from buurt.communities.themes.contrast import read_fit_theme
from buurt.communities.themes.logo import clean_logo
from buurt.communities.themes.sheet import sheet_of, version_of
from buurt.communities.themes.shelf import BUURT, OWN, shelved
from buurt.communities.themes.tokens import Theme, ThemeError
from buurt.ledger.services import record


def style_of(community: Community) -> HouseStyle | None:
    """Return what this community uploaded, or None."""
    return HouseStyle.objects.filter(community=community).first()


@transaction.atomic
def wear_theme(*, by: models.Model | None, community: Community, key: str) -> None:
    """Let the community wear Buurt's theme, one on the shelf or its own; raises ThemeError when it is not there."""
    own = style_of(community)
    if not (key == BUURT or shelved(key) or (key == OWN and own is not None and own.sheet)):
        raise ThemeError([_("Die huisstijl is er niet meer. Kies een andere.")])
    community.theme = key
    community.save(update_fields=["theme"])
    record("theme_chosen", community, by=by, theme=key)


@transaction.atomic
def keep_own_theme(*, by: models.Model | None, community: Community, text: str) -> Theme:
    """Keep an uploaded theme and wear it; raises ThemeError with one sentence for each thing that is wrong."""
    theme = read_fit_theme(text, name=community.name)
    sheet = sheet_of(theme)
    tokens = {"light": theme.light, "dark": theme.dark, "sizes": theme.sizes}
    HouseStyle.objects.update_or_create(
        community=community, defaults={"name": theme.name, "tokens": tokens, "sheet": sheet}
    )
    community.theme, community.theme_version = OWN, version_of(sheet)
    community.save(update_fields=["theme", "theme_version"])
    record("theme_uploaded", community, by=by, name=theme.name)
    return theme


@transaction.atomic
def keep_logo(*, by: models.Model | None, community: Community, data: bytes) -> None:
    """Keep an uploaded logo, cleaned; raises ThemeError when it is no picture we can show."""
    logo = clean_logo(data)
    HouseStyle.objects.update_or_create(community=community, defaults={"logo": logo.data})
    community.logo_version, community.logo_kind, community.logo_width = version_of(logo.data), logo.kind, logo.width
    community.save(update_fields=["logo_version", "logo_kind", "logo_width"])
    record("logo_uploaded", community, by=by, kind=logo.kind)


@transaction.atomic
def drop_logo(*, by: models.Model | None, community: Community) -> None:
    """Show Buurt's own houses again."""
    HouseStyle.objects.filter(community=community).update(logo=None)
    community.logo_version = community.logo_kind = ""
    community.save(update_fields=["logo_version", "logo_kind"])
    record("logo_dropped", community, by=by)


@transaction.atomic
def name_site(*, by: models.Model | None, community: Community, name: str) -> None:
    """Let the platform carry a name of the community's own; empty for Buurt."""
    community.site_name = name.strip()[:30]
    community.save(update_fields=["site_name"])
    record("site_named", community, by=by, name=community.site_name)


@transaction.atomic
def say_formally(*, by: models.Model | None, community: Community, formal: bool) -> None:
    """Say "u" on the Dutch pages and in Dutch mails, or "je" again."""
    community.formal = formal
    community.save(update_fields=["formal"])
    record("formality_chosen", community, by=by, formal=formal)


def theme_of(style: HouseStyle) -> Theme:
    """Return the uploaded theme as it was checked."""
    return Theme(style.name, **style.tokens)
