"""A town that talks: dozens of people in pairs and circles, all writing at once, and the count of what came of it."""

import asyncio
import random
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import pytest

from buurt.communities.models import Community
from chat.bodies import text_of
from chat.models import Conversation, Message
from tests.factories.chat import make_circle, make_conversation
from tests.factories.posts import make_post
from tests.factories.residents import make_resident
from tests.integration.chat.neighbours import Neighbour
from tests.integration.chat.real_server import cookies_for

# Patience, not pace: a machine that does other things as well takes its time.
SETTLE_SECONDS = 120.0
IN_A_CIRCLE = 6
# Every so many has no line and uses the form; every so many has a second page open.
FORM_EVERY, TWO_TABS_EVERY = 8, 9
# How often somebody's line breaks at their message, or their page sends it twice.
ODD = 0.12

Harm = Callable[[], Awaitable[None]]
Talks = list[tuple[Conversation, list[int]]]


@dataclass(frozen=True)
class Town:
    """Who talks with whom, and how much."""

    talks: Talks
    people: list[int]
    each: int
    seconds: float

    @property
    def pace(self) -> float:
        """Return how many messages a second they write."""
        return len(self.people) * self.each / self.seconds


def make_town(community: Community, *, people: int, each: int, seconds: float) -> Town:
    """Make people who each talk with the next one, and circles that lie across those pairs."""
    all_of_them = [make_resident(community=community) for _ in range(people)]
    talks: Talks = []
    for here, person in enumerate(all_of_them):
        other = all_of_them[(here + 1) % people]
        talks.append((make_conversation(post=make_post(author=person), helper=other), [person.pk, other.pk]))
    chance = random.Random(people)
    for _ in range(people // IN_A_CIRCLE):
        members = chance.sample(all_of_them, IN_A_CIRCLE)
        circle = make_circle(post=make_post(author=members[0], places=IN_A_CIRCLE), helpers=members[1:])
        talks.append((circle, [one.pk for one in members]))
    return Town(talks, [one.pk for one in all_of_them], each, seconds)


class Crowd:
    """The town's people with their pages open."""

    def __init__(self, town: Town, port: int) -> None:
        self.town = town
        cookies = cookies_for(town.people)
        mine: dict[int, list[str]] = {}
        for talk, members in town.talks:
            for person in members:
                mine.setdefault(person, []).append(talk.public_id)
        self.writers: dict[int, Neighbour] = {}
        self.pages: list[tuple[int, Neighbour]] = []
        for number, person in enumerate(town.people):
            has_line = number % FORM_EVERY != FORM_EVERY - 1
            writer = Neighbour(cookies[person], port, mine[person], has_line=has_line, odd=ODD)
            self.writers[person] = writer
            self.pages.append((person, writer))
            if number % TWO_TABS_EVERY == 0:
                tab = Neighbour(cookies[person], port, mine[person])
                tab.sent = writer.sent
                self.pages.append((person, tab))

    async def talk(self, harm: Harm) -> None:
        """Let everybody talk while harm is done, until all is acknowledged and every page has come to show it."""
        lines = [asyncio.create_task(page.live()) for _person, page in self.pages]
        try:
            await asyncio.gather(harm(), *(self._chatter(*each) for each in enumerate(self.writers.values())))
            await self._settle()
        finally:
            for line in lines:
                line.cancel()
            await asyncio.gather(*lines, return_exceptions=True)

    async def _chatter(self, number: int, person: Neighbour) -> None:
        chance = random.Random(number)
        talks, pause = list(person.pages), self.town.seconds / self.town.each
        await asyncio.sleep(pause * chance.random())
        for count in range(self.town.each):
            talk = chance.choice(talks)
            await person.write(talk, f"{talk} van {number} nummer {count}")
            await asyncio.sleep(pause * chance.uniform(0.5, 1.5) * (count < self.town.each - 1))

    async def _settle(self) -> None:
        ends = time.monotonic() + SETTLE_SECONDS
        while (waiting := self._unsettled()) and time.monotonic() < ends:
            assert self.problems() == []
            await asyncio.sleep(0.1)
        if waiting:
            pytest.fail(f"after {SETTLE_SECONDS} s still: {waiting[:20]}, of {len(waiting)}")

    def _unsettled(self) -> list[str]:
        written = Counter(talk for person in self.writers.values() for talk, _text in person.sent)
        unsent = [f"{len(one.unsent)} unsent of {person}" for person, one in self.writers.items() if one.unsent]
        return unsent + [
            f"{talk} of {person}: {page.last} of {written[talk]}, asking: {page.is_asking}"
            for person, one in self.pages
            for talk, page in one.pages.items()
            if len(page.shown) < written[talk]
        ]

    def problems(self) -> list[str]:
        """Return what pages met that should not happen: refusals, and frames that are not for them."""
        return [f"{person}: {problem}" for person, page in self.pages for problem in page.problems]

    def hold_together(self) -> None:
        """Compare what was written, what is stored and what everybody sees, in its order; print the figures."""
        sent = Counter(message for person in self.writers.values() for message in person.sent)
        assert sent.total() == len(sent) == len(self.town.people) * self.town.each
        wrong: Counter[str] = Counter()
        for talk, _members in self.town.talks:
            rows = {row.seq: text_of(talk, row) for row in Message.objects.filter(conversation=talk).order_by("seq")}
            stored, meant = Counter(rows.values()), {text for where, text in sent if where == talk.public_id}
            wrong["numbers with a gap"] += list(rows) != list(range(1, len(rows) + 1))
            wrong["lost"] += len(meant - stored.keys())
            wrong["doubled"] += stored.total() - len(stored)
            wrong["misrouted"] += len(stored.keys() - meant)
            for _person, one in self.pages:
                page = one.pages.get(talk.public_id)
                wrong["shown otherwise"] += page is not None and list(page.shown.items()) != list(rows.items())
        assert +wrong == Counter(), wrong
        assert self.problems() == []
        self._print(sent.total())

    def _print(self, messages: int) -> None:
        counts = sum((page.counts for _person, page in self.pages), Counter[str]())
        shown = sum(len(page.shown) for _person, one in self.pages for page in one.pages.values())
        people, talks = len(self.town.people), len(self.town.talks)
        print(  # noqa: T201 shown with -s
            f"{messages} messages by {people} people in {talks} conversations in {self.town.seconds:.0f} s"
            f" ({self.town.pace:.0f} a second), shown {shown} times; lost 0, doubled 0, misrouted 0, out of order 0;"
            f" on the way: {dict(sorted(counts.items()))}"
        )
