"""Find the community of a postcode or of a host name, or say in plain words why there is none."""

import re

from django.http.request import split_domain_port
from django.utils.translation import gettext as _

from buurt.communities.models import Area, Community, CommunityHost, CommunityPostcode, Postcode

# Four digits, and perhaps the two letters that we do not keep.
_POSTCODE = re.compile(r"\s*([1-9][0-9]{3})\s*(?:[A-Za-z]{2})?\s*", re.ASCII)


class PostcodeError(Exception):
    """A postcode that leads to no community; its text can be shown."""


class UnknownPostcodeError(PostcodeError):
    """No such postcode, or not a postcode at all."""


class PoBoxError(PostcodeError):
    """Nobody lives at this postcode."""


class NoCommunityError(PostcodeError):
    """A real postcode, in a municipality that does not take part."""


def tidy_postcode(typed: str) -> str:
    """Return the four digits of what somebody typed; raises UnknownPostcodeError when it is no postcode."""
    found = _POSTCODE.fullmatch(typed)
    if found is None:
        raise UnknownPostcodeError(_("Dat is geen postcode. Vul vier cijfers in, bijvoorbeeld 1561."))
    return found[1]


def resident_postcode(typed: str) -> Postcode:
    """Return the reference row of a postcode where people live; raises UnknownPostcodeError or PoBoxError."""
    digits = tidy_postcode(typed)
    postcode = Postcode.objects.filter(digits=digits).first()
    if postcode is None:
        raise UnknownPostcodeError(
            _("We kennen postcode %(digits)s niet. Kijk of de cijfers kloppen.") % {"digits": digits}
        )
    if postcode.kind == Postcode.Kind.POBOX:
        raise PoBoxError(
            _("Postcode %(digits)s is alleen voor postbussen. Vul de postcode van je huis in.") % {"digits": digits}
        )
    return postcode


def community_of_postcode(typed: str) -> tuple[Community, Area, int]:
    """Return community, area and cell of a postcode; raises the PostcodeError that says why there is none.

    The community's own table goes first: it is right where the old reference list is wrong.
    """
    digits = tidy_postcode(typed)
    own = CommunityPostcode.objects.select_related("community", "area").filter(digits=digits).first()
    if own is not None:
        return own.community, own.area, own.cell
    postcode = resident_postcode(digits)
    raise NoCommunityError(_("%(municipality)s doet nog niet mee met Buurt.") % {"municipality": postcode.municipality})


def community_of_host(host: str) -> Community | None:
    """Return the community that a host name (with or without port) leads to, or None for an unknown one."""
    name = split_domain_port(host)[0].rstrip(".").lower()
    if not name:
        return None
    found = CommunityHost.objects.select_related("community").filter(host=name).first()
    return found.community if found else None
