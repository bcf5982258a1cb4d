"""Make a municipality's platform, and keep the reference list of postcodes."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import models, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from buurt.communities.models import Area, Community, CommunityHost, CommunityPostcode, Postcode
from buurt.ledger.services import record

# Rows per statement: far below the number of parameters that SQLite takes.
BATCH = 500


class CommunityError(Exception):
    """A community that cannot be made; the text says why."""


class CommunityExistsError(CommunityError):
    """There is already a community with this slug."""


class UnknownMunicipalityError(CommunityError):
    """The list of postcodes knows no such municipality."""


class UnknownPlaceError(CommunityError):
    """An area names a place or postcode that is not in this municipality."""


@dataclass(frozen=True)
class CommunityCard:
    """What people see of a community: how it is called and how to reach it."""

    slug: str
    name: str
    phone: str
    phone_hours: str
    email: str
    team_name: str = "het buurtteam"
    insurance_text: str = ""
    theme: str = "buurt"
    languages: tuple[str, ...] = ("nl", "en")
    formal: bool = False


@transaction.atomic
def create_community(
    *,
    by: models.Model | None,
    card: CommunityCard,
    municipality: str,
    province: str,
    hosts: Iterable[str] = (),
    areas: Mapping[str, Iterable[str]] | None = None,
) -> Community:
    """Make a community with its host names, and an area for each of the municipality's places.

    `areas` may group places or single postcodes under another name; what it leaves out keeps the name of its place.
    Postcodes of another community stay there. Raises a CommunityError that says what is wrong.
    """
    if Community.objects.filter(slug=card.slug).exists():
        raise CommunityExistsError(_("Er is al een gemeente met de naam %(slug)s.") % {"slug": card.slug})
    postcodes = list(
        Postcode.objects.filter(municipality=municipality, province=province)
        .exclude(kind=Postcode.Kind.POBOX)
        .order_by("digits")
    )
    if not postcodes:
        raise UnknownMunicipalityError(
            _("We kennen geen postcodes van %(name)s in %(province)s. Haal eerst de postcodes binnen.")
            % {"name": municipality, "province": province}
        )
    names = _area_names(postcodes, areas or {})
    community = Community.objects.create(
        slug=card.slug,
        name=card.name,
        municipality=municipality,
        province=province,
        phone=card.phone,
        phone_hours=card.phone_hours,
        email=card.email,
        team_name=card.team_name,
        insurance_text=card.insurance_text,
        theme=card.theme,
        languages=list(card.languages),
        formal=card.formal,
    )
    CommunityHost.objects.bulk_create(
        [CommunityHost(community=community, host=host.rstrip(".").lower()) for host in hosts]
    )
    count = _lay_out(community, postcodes, names)
    record("created", community, by=by, postcodes=count)
    return community


def _area_names(postcodes: list[Postcode], areas: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Return digits -> name of the area; raises UnknownPlaceError for a name that fits no postcode."""
    by_place: dict[str, list[str]] = defaultdict(list)
    for postcode in postcodes:
        by_place[postcode.place].append(postcode.digits)
    names = {postcode.digits: postcode.place for postcode in postcodes}
    for area_name, parts in areas.items():
        for part in parts:
            found = [part] if part in names else by_place.get(part, [])
            if not found:
                raise UnknownPlaceError(_("%(part)s ligt niet in deze gemeente.") % {"part": part})
            names.update(dict.fromkeys(found, area_name))
    return names


def _lay_out(community: Community, postcodes: list[Postcode], names: dict[str, str]) -> int:
    """Write the areas and the postcodes that no other community has; returns how many postcodes."""
    elsewhere = set(CommunityPostcode.objects.filter(digits__in=list(names)).values_list("digits", flat=True))
    mine = [postcode for postcode in postcodes if postcode.digits not in elsewhere]
    areas = {
        name: Area.objects.create(community=community, name=name, slug=slugify(name), order=order)
        for order, name in enumerate(sorted({names[postcode.digits] for postcode in mine}))
    }
    CommunityPostcode.objects.bulk_create(
        [
            CommunityPostcode(
                community=community,
                area=areas[names[postcode.digits]],
                digits=postcode.digits,
                cell=postcode.cell,
            )
            for postcode in mine
        ]
    )
    return len(mine)


@transaction.atomic
def store_postcodes(postcodes: list[Postcode]) -> None:
    """Add postcodes to the reference list, or correct those that are there; safe to run twice."""
    Postcode.objects.bulk_create(
        postcodes,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["digits"],
        update_fields=["place", "municipality", "province", "kind", "cell"],
    )
