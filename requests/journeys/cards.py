"""The cards of a result as a page shows them: the words, the way on, why it is there, and its turning point."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from buurt.communities.categories import Category
from buurt.communities.models import Community
from buurt.organisations.models import Organisation
from buurt.residents.models import Resident
from journeys.desks import Desks, desks_for
from journeys.fileformat.evaluate import Card, Reason
from journeys.fileformat.model import Action, Answer
from journeys.fileformat.vocabulary import KINDS
from journeys.library import find_list
from journeys.nearby import Offer, Spot, offers_near
from journeys.slots import NAMES, NATIONAL, PERSONAL, National

# How many cards of a kind are in sight at once.
IN_SIGHT = 3
LISTED_AS_SLOT = frozenset({"loket", "initiatief"})
ICONS = {
    "nood": ("life-buoy", "danger"),
    "zelf": ("house", "sand"),
    "buur": ("heart-handshake", "sun"),
    "initiatief": ("users", "brand"),
    "professional": ("phone", "sky"),
}


@dataclass(frozen=True, slots=True)
class Way:
    """What a card leads to. `shape` says how it is drawn: link, away (another site), call, desk or onward (a form)."""

    shape: str
    text: str = ""
    href: str = ""
    note: str = ""
    name: str = ""
    desk: Organisation | None = None
    # Who it is depends on where somebody lives, and we do not know that.
    by_area: bool = False
    # Nobody here is filled in: who can be reached from everywhere, and whether it is somebody of one's own.
    national: National | None = None
    personal: bool = False


@dataclass(frozen=True, slots=True)
class Turning:
    """When this is no longer the answer, and what is."""

    text: str
    title: str
    way: Way


@dataclass(frozen=True, slots=True)
class Shown:
    """One card; `also` are the titles and texts of other answers that are the same desk here."""

    id: str
    title: str
    text: str
    way: Way
    reasons: list[str]
    turning: Turning | None
    quiet: bool
    also: list[tuple[str, str]] = field(default_factory=list)
    offers: list[Offer] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Group:
    """The cards of one kind: those in sight, and the rest behind "Meer laten zien"."""

    kind: str
    name: str
    icon: str
    tone: str
    first: list[Shown]
    rest: list[Shown]


def kind_name(kind: str) -> str:
    """Return what people call a kind of answer."""
    return {
        "nood": _("Doe dit eerst"),
        "zelf": _("Zelf doen"),
        "buur": _("Een buur"),
        "initiatief": _("Een initiatief"),
        "professional": _("Een professional"),
    }[kind]


def offers_open_ask(answer: Answer) -> bool:
    """Say whether the answer would put something on the board for everybody to read."""
    return answer.action.main == "aanbod" or (answer.action.main == "hulp" and not answer.action.is_quiet)


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody reads: whose desks, what is offered, and whether an ask may reach neighbours or the team alone."""

    community: Community | None
    desks: Desks
    offers: Mapping[str, list[Offer]]
    no_ask: bool


def group(
    cards: Iterable[Card],
    community: Community | None,
    *,
    no_ask: bool = False,
    spot: Spot | None = None,
    reader: Resident | None = None,
) -> list[Group]:
    """Return the cards by kind, in the order nood, zelf, buur, initiatief, professional; empty kinds are left out.

    With `no_ask` no card leads to an ask that neighbours could read. With a `spot` the desks are those of that area,
    and beside an ask stands what neighbours near there offer already, in the words that `reader` may read.
    """
    cards = [card for card in cards if not (no_ask and offers_open_ask(card.answer))]
    answers = [answer for card in cards for answer in (card.answer, card.beyond) if answer is not None]
    slots = {str(answer.action.value) for answer in answers if answer.action.main in LISTED_AS_SLOT}
    offers: dict[str, list[Offer]] = {}
    if spot is not None and community is not None and not no_ask:
        offers = offers_near(spot, community, _asked_for(cards), reader)
    place = Place(community, desks_for(community, slots, spot.area if spot else None), offers, no_ask)
    groups = []
    for kind in KINDS:
        shown = _one_card_a_desk([_shown(card, place) for card in cards if card.answer.kind == kind])
        if shown:
            icon, tone = ICONS[kind]
            groups.append(Group(kind, kind_name(kind), icon, tone, shown[:IN_SIGHT], shown[IN_SIGHT:]))
    return groups


def _asked_for(cards: Iterable[Card]) -> set[str]:
    """Return the kinds of help that cards would ask neighbours for in the open."""
    actions = [card.answer.action for card in cards]
    return {str(action.value) for action in actions if action.main == "hulp" and not action.is_quiet}


def _one_card_a_desk(cards: list[Shown]) -> list[Shown]:
    """Join the cards that lead to the same desk; the heaviest one stays and tells what else it is for."""
    joined: list[Shown] = []
    at: dict[tuple[str, str], Shown] = {}
    for card in cards:
        desk = card.way.desk
        same = at.get((desk.name, desk.phone)) if desk else None
        if same is not None:
            same.also.append((card.title, card.text))
            continue
        if desk:
            at[desk.name, desk.phone] = card
        joined.append(card)
    return joined


def _shown(card: Card, place: Place) -> Shown:
    answer = card.answer
    turning = None
    if answer.turning_point and card.beyond:
        way = _way(card.beyond, place)
        turning = Turning(_filled(answer.turning_point.text, place), _filled(card.beyond.title, place), way)
    return Shown(
        id=str(answer.id),
        title=_filled(answer.title, place),
        text=_filled(answer.text, place),
        way=_way(answer, place),
        reasons=[_reason(reason) for reason in card.reasons] or [_("Dit laten we aan iedereen zien.")],
        turning=turning,
        quiet=answer.action.is_quiet,
        offers=_offers(answer, place),
    )


def _offers(answer: Answer, place: Place) -> list[Offer]:
    if answer.action.main != "hulp" or answer.action.is_quiet:
        return []
    return place.offers.get(str(answer.action.value), [])


def _reason(reason: Reason) -> str:
    """Return one of the person's own choices as a sentence."""
    words = ", ".join(f"“{option.text}”" for option in reason.options)
    return _("Bij “%(question)s” koos je %(options)s.") % {"question": reason.question.text, "options": words}


def _filled(text: str, place: Place) -> str:
    """Return the text with the name of the municipality in its place."""
    return text.replace("{{gemeente}}", place.community.name if place.community else _("je gemeente"))


def _whole(number: str) -> str:
    """Keep a telephone number from being turned round, or broken at its dash, in a sentence from right to left."""
    if not get_language_bidi():
        return number
    unbroken = number.replace("-", "-\u2060")
    return f"\u2068{unbroken}\u2069"


def _way(answer: Answer, place: Place) -> Way:
    """Return what the action of an answer looks like here."""
    action = answer.action
    value = str(action.value)
    if action.main in LISTED_AS_SLOT:
        name, desk = str(NAMES.get(value, value)), place.desks.found.get(value)
        by_area, national = value in place.desks.by_area, None if desk else NATIONAL.get(value)
        return Way("desk", name=name, desk=desk, by_area=by_area, national=national, personal=value in PERSONAL)
    if action.main == "bel":
        note = " · ".join(part for part in (action.get("kosten"), action.get("open")) if part)
        return Way("call", _("Bel %(number)s") % {"number": _whole(value)}, value, note)
    if action.main == "link":
        return Way("away", _("Ga naar %(site)s") % {"site": action.get("naam") or value}, value)
    if action.main == "wegwijzer" and action.carries:
        return Way("onward", _("Ga daar verder"), name=str(answer.id))
    return Way("link", *_own_page(action, value, place))


def _own_page(action: Action, value: str, place: Place) -> tuple[str, str]:
    """Return the words and the address of an action that leads to a page of ours."""
    if action.main == "lijst":
        return _list_words(value), reverse("journeys:list", args=[value])
    if action.main == "wegwijzer":
        return _("Ga daar verder"), reverse("journeys:start", args=[value])
    if action.main == "aanbod":
        return _("Bied je hulp aan"), _ask_address("posts:offer", action, place)
    words = _("Vraag het in stilte") if action.is_quiet else _("Vraag een buur")
    return words, _ask_address("posts:ask", action, place)


def _ask_address(name: str, action: Action, place: Place) -> str:
    """Return the form with the kind of help and the file's own example filled in: nothing of the person."""
    words = {"tekst": str(action.get("voorbeeld") or "")}
    off = place.community.categories_off if place.community else []
    if action.value in Category.values and action.value not in off:
        words = {"soort": str(action.value), **words}
    if action.is_quiet:
        words["stil"] = "team" if place.no_ask else "1"
    return f"{reverse(name)}?{urlencode(words)}"


def _list_words(list_id: str) -> str:
    found = find_list(list_id)
    words = {
        "afvink": _("Bekijk de stappen"),
        "som": _("Reken het uit"),
        "brief": _("Schrijf de brief"),
        "vragen": _("Bekijk de vragen"),
    }
    return words[str(found.kind)] if found else _("Bekijk de lijst")
