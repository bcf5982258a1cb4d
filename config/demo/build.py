"""Build the demo neighbourhood through the services; running it again adds nothing."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import yaml
from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buurt.communities.models import Community
from buurt.communities.services import CommunityCard, create_community
from buurt.residents.models import Resident
from buurt.residents.roles import grant_role
from buurt.residents.services import Wishes, complete_start, enrol_totp, set_preferences
from chat.services import open_conversation, send_message
from journeys.desks import import_file
from posts.drafts import PostDraft
from posts.models import Post
from posts.services import agree_place, publish_post, record_outcome, reserve_place

SOURCE = Path(__file__).with_name("neighbourhood.yaml")
# Invented telephone numbers; of national organisations the name, and a number that everybody knows.
DESKS = Path(__file__).with_name("organisations.csv")
DOMAIN = "demo.example"
HOSTS = ("localhost", "127.0.0.1")
# Whom a visitor of the demo can be, and what they do here.
CAST = {
    "anna": _("vraagt hulp"),
    "bilal": _("helpt"),
    "fatma": _("sociaal makelaar"),
    "dirk": _("moderator"),
    "mila": _("beheerder"),
}


@dataclass(frozen=True)
class Built:
    """What the demo consists of after building."""

    community: Community
    people: dict[str, Resident]
    new_posts: int


def address_of(key: str) -> str:
    """Return the e-mail address of somebody in the demo."""
    return f"{key}@{DOMAIN}"


def build_demo(*, now: datetime | None = None, progress: Callable[[str], None] = lambda line: None) -> Built:
    """Build Zaanstad with its people, asks and offers; what is there already stays as it is."""
    now = now or timezone.now()
    story: dict[str, Any] = yaml.safe_load(SOURCE.read_text())
    progress("Zaanstad en zijn buurten")
    community = Community.objects.filter(slug="zaanstad").first() or _make_community()
    import_file(community, DESKS)
    progress("buren")
    people = {key: _person(key, facts, community) for key, facts in story["people"].items()}
    progress("vragen die al beantwoord zijn")
    new = sum(_answered(row, people, now) for row in story["answered"])
    progress("het prikbord")
    new += sum(_on_board(row, people, now) for row in story["board"])
    return Built(community, people, new)


def _make_community() -> Community:
    return create_community(
        by=None,
        card=CommunityCard(
            slug="zaanstad",
            name="Zaanstad",
            phone="075 000 00 00",
            phone_hours="op werkdagen van 9 tot 17 uur",
            email="buurt@demo.example",
            team_name="het buurtteam",
            insurance_text="Burenhulp is in Zaanstad niet altijd verzekerd. Vraag het na bij het buurtteam.",
            languages=("nl", "en", "tr", "ar", "pl", "uk"),
        ),
        municipality="Zaanstad",
        province="Noord-Holland",
        hosts=HOSTS,
    )


@transaction.atomic
def _person(key: str, facts: dict[str, Any], community: Community) -> Resident:
    """Return this person, made the way everybody registers: address, name, postcode, house rules."""
    found = Resident.objects.filter(email=address_of(key)).first()
    if found is not None:
        return found
    resident = Resident.objects.create_user(address_of(key))
    EmailAddress.objects.create(user=resident, email=resident.email, verified=True, primary=True)
    complete_start(
        by=resident,
        display_name=facts["name"],
        postcode=facts["postcode"],
        languages=facts["languages"],
        age_band=Resident.AgeBand.ADULT,
        accepts_rules=True,
    )
    if facts.get("about"):
        Resident.objects.filter(pk=resident.pk).update(about=facts["about"])
    if facts.get("helps"):
        wishes = Wishes(active=True, kinds=tuple(facts["helps"]), distance_km=facts["km"], asks_a_month=facts["month"])
        set_preferences(by=resident, wishes=wishes)
    if facts.get("role"):
        grant_role(by=None, resident=resident, community=community, name=facts["role"])
        enrol_totp(resident)
    return resident


def _draft(row: dict[str, Any], now: datetime) -> PostDraft:
    day = at = None
    timing = row.get("timing", Post.Timing.ANY)
    if "day" in row:
        timing, at = Post.Timing.DAY, time.fromisoformat(row["at"])
        day = timezone.localdate(now) + timedelta(days=row["day"])
    elif "weekday" in row:
        timing = Post.Timing.WEEKLY
    return PostDraft(
        kind=row.get("kind", Post.Kind.ASK),
        category=row["category"],
        title=row.get("title", ""),
        text=row["text"],
        timing=timing,
        day=day,
        at=at,
        weekday=row.get("weekday"),
        duration_minutes=row.get("minutes"),
        places=row.get("places", 1),
        spoken=tuple(row.get("spoken", ())),
    )


def _publish(row: dict[str, Any], people: dict[str, Resident], now: datetime) -> Post | None:
    """Publish a row as it was then; None when it is there already."""
    author = people[row["by"]]
    key = uuid5(NAMESPACE_URL, f"demo:{row['by']}:{row['text']}")
    if Post.objects.filter(author=author, form_key=key).exists():
        return None
    return publish_post(by=author, draft=_draft(row, now), form_key=key, now=now - timedelta(hours=row["ago"]))


def _on_board(row: dict[str, Any], people: dict[str, Resident], now: datetime) -> bool:
    return _publish(row, people, now) is not None


def _answered(row: dict[str, Any], people: dict[str, Resident], now: datetime) -> bool:
    """Publish an ask of last week and let a neighbour say yes, agree and do it."""
    post = _publish(row, people, now)
    if post is None:
        return False
    asker, helper = people[row["by"]], people[row["helper"]]
    yes = now - timedelta(hours=row["ago"] - row["after"])
    with transaction.atomic():
        engagement = reserve_place(helper=helper, post=post, now=yes)
        if engagement is None:
            return True
        conversation = open_conversation(post=post, helper=helper, now=yes)
        send_message(by=helper, conversation=conversation, text="Hoi! Dat doe ik graag.", now=yes)
        send_message(by=asker, conversation=conversation, text="Wat fijn, dank je wel!", now=yes)
        agree_place(by=asker, engagement=engagement, now=yes + timedelta(hours=1))
        record_outcome(by=asker, engagement=engagement, says="happened", now=yes + timedelta(hours=20))
    return True


def cast(people: dict[str, Resident]) -> Iterator[tuple[str, str, str]]:
    """Yield name, what they do here, and the address to log in with, of the demo's main people."""
    for key, words in CAST.items():
        yield people[key].display_name, str(words), people[key].email


def cast_here() -> list[dict[str, str]]:
    """Return name, what they do and address of the main people that there are, in their order."""
    found = {each.email: each for each in Resident.objects.filter(email__in=[address_of(key) for key in CAST])}
    people = {key: found[address_of(key)] for key in CAST if address_of(key) in found}
    return [
        {"name": person.display_name, "does": str(CAST[key]), "email": person.email} for key, person in people.items()
    ]
