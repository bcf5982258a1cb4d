"""One run: time goes by, asks arrive, a policy asks people, and they answer as the world has it."""

import heapq
import math
from dataclasses import dataclass
from itertools import count
from typing import Any

import numpy as np

from matching.engine import Term, sent, unsent
from matching.simulation import hours
from matching.simulation.platform import AskState, Message, Platform
from matching.simulation.policies import Policy
from matching.simulation.world import CANCELLED, NO_SHOW, World

ARRIVES, VISIT, DUE, READ, CANCELS, DEADLINE, NIGHT, BACK = range(8)
NIGHT_HOUR = 3.0


@dataclass
class Tally:
    """What is counted over a whole run."""

    alerts: int = 0
    shown: int = 0
    left: int = 0
    muted: int = 0
    too_late: int = 0


class Market:
    """Runs one world under one policy."""

    def __init__(self, world: World, policy: type[Policy], seed: int) -> None:
        self.world = world
        self.platform = Platform(world.helpers(), world.arrivals())
        self.policy = policy(self.platform, world, seed)
        self.half_days = self.policy.settings.recovery_half_days
        self.states: list[AskState] = []
        self.tally = Tally()
        self.helps = np.zeros(len(self.platform.helpers), dtype=np.int64)
        self._gone: dict[int, float] = {}
        self._events: list[tuple[float, int, int, Any]] = []
        self._number = count()

    def run(self) -> None:
        """Let all the time go by."""
        arrivals = self.world.arrivals()
        end = max((arrival.deadline for arrival in arrivals), default=0.0)
        for number, arrival in enumerate(arrivals):
            self._at(arrival.at, ARRIVES, (number, arrival))
        for at, row in self.world.visits():
            self._at(at, VISIT, row)
        for day in range(int(end / 24) + 1):
            self._at(day * 24 + NIGHT_HOUR, NIGHT, None)
        asking = (self._arrives, self._visits, self._due, self._reads)
        does = (*asking, self._cancels, self._ends, self._night, self._comes_back)
        while self._events:
            at, _number, kind, what = heapq.heappop(self._events)
            if at > end + 1:
                break
            does[kind](at, what)

    def _at(self, at: float, kind: int, what: object) -> None:
        heapq.heappush(self._events, (at, next(self._number), kind, what))

    # Asking

    def _arrives(self, at: float, what: Any) -> None:
        number, arrival = what
        state = self.platform.take_in(number, arrival)
        self.states.append(state)
        self._at(arrival.deadline, DEADLINE, state)
        self._plan(state, at)

    def _due(self, at: float, what: Any) -> None:
        state, version = what
        if state.version == version:
            self._plan(state, at)

    def _plan(self, state: AskState, at: float) -> None:
        """Plan a wave now, or in the morning."""
        state.version += 1
        if not state.is_open:
            return
        morning = hours.sendable(at)
        if morning > at:
            self._at(morning, DUE, (state, state.version))
            return
        decision = self.policy.decide(state, at)
        state.planned = True
        for term in decision.chosen:
            self._send(state, term, at)
        if decision.wait is not None:
            later = hours.sendable(hours.after(at, decision.wait))
            if later < state.arrival.deadline:
                self._at(later, DUE, (state, state.version))

    def _send(self, state: AskState, term: Term, at: float) -> None:
        """Send one message, with what travels along."""
        platform, row, waking = self.platform, term.row, hours.waking(at)
        extras = [(platform.open[extra.ask_id], extra) for extra in term.extras]
        shown = (state, *(other for other, _extra in extras))
        log = [platform.log.add(row, term.cells, at / 24, 1.0, waking)]
        scale = self.policy.settings.attention
        log += [platform.log.add(row, term.cells_of(extra), at / 24, scale, waking) for _other, extra in extras]
        message = Message(row, shown, tuple(log), waking, at)
        chances = [term.chance, *(extra.chance for _other, extra in extras)]
        for one, place, chance in zip(shown, log, chances, strict=True):
            one.asked.add(term.helper_id)
            one.outs[place] = (chance, waking)
            one.messages.append(message)
            one.shown += 1
        state.waiting += 1
        state.alerts += 1
        self.tally.alerts += 1
        self.tally.shown += len(shown)
        sent(platform.helpers, np.array([row]), at / 24, self.half_days)
        platform.alerted(row, at)
        delay = self.world.reading_delay(row, state.number)
        if math.isfinite(delay):
            self._at(hours.after(at, delay), READ, message)

    # Answering

    def _reads(self, at: float, message: Message) -> None:
        if message.withdrawn or message.row in self._gone:
            return
        # Where messages are taken back, a solved ask is no longer in one that still carries others.
        places = [place for place, one in enumerate(message.shown) if one.is_open or not self.policy.withdraws]
        if not places:
            return
        shown = [message.shown[place] for place in places]
        answer = self.world.read(message.row, [one.number for one in shown], [one.is_open for one in shown], at)
        self.tally.too_late += answer.too_late
        waking = hours.waking(at)
        yes = None if answer.yes is None else places[answer.yes]
        if yes is not None or answer.refused:
            self._answered(message, places, yes, waking)
        if answer.gone_until is not None:
            self._goes(message, answer.gone_until)
        if yes is not None:
            self._engage(message.shown[yes], message.row, at)
        if message.answered and self.policy.replaces:
            main = message.shown[0]
            if main.is_open and main.waiting == 0:
                self._plan(main, at)

    def _answered(self, message: Message, places: list[int], yes: int | None, waking: float) -> None:
        """Write down a yes to one of the asks, or a no to all that were still in the message."""
        message.answered = True
        message.shown[0].waiting -= 1
        for place, (state, log) in enumerate(zip(message.shown, message.log, strict=True)):
            state.outs.pop(log, None)
            if place not in places:
                continue
            if yes is not None and place > yes:
                self.platform.log.unread(log)
            else:
                self.platform.log.answered(log, yes=place == yes, delay=waking - message.sent_waking)

    def _goes(self, message: Message, until: float) -> None:
        row = message.row
        self.platform.log.lost(message.log[0])
        self.platform.helpers.active[row] = False
        self._gone[row] = until
        if math.isinf(until):
            self.tally.left += 1
        else:
            self.tally.muted += 1
            self._at(until, BACK, row)

    def _comes_back(self, at: float, row: int) -> None:
        self._gone.pop(row, None)
        self.platform.helpers.active[row] = True

    def _visits(self, at: float, row: int) -> None:
        """Show the open asks that fit, waiting longest first, to somebody who looks at the board."""
        if row in self._gone:
            return
        own = self.platform.ids[row]
        most = getattr(self.world.scenario, "board_looks", 10)
        fitting: list[AskState] = []
        for state in self.platform.open.values():
            if state.is_open and own not in state.asked and not state.arrival.ask.quiet and state.fits(row):
                fitting.append(state)
                if len(fitting) == most:
                    break
        taken = self.world.look(row, [state.number for state in fitting], at) if fitting else None
        if taken is not None:
            fitting[taken].asked.add(own)
            self._engage(fitting[taken], row, at)

    def _engage(self, state: AskState, row: int, at: float) -> None:
        """Fill a place; when it was the last one, everything stops."""
        state.first_yes = state.first_yes if state.first_yes is not None else at
        state.left -= 1
        self.world.helps(row, state.number, at)
        self.platform.helped(row, at)
        outcome = self.world.outcome(row, state.number, at)
        state.engaged.append((row, outcome.kind))
        if outcome.kind == CANCELLED:
            self._at(outcome.at, CANCELS, (state, row))
        if state.left == 0:
            state.version += 1
            if self.policy.withdraws:
                self._withdraw(state, at)

    def _withdraw(self, state: AskState, at: float) -> None:
        """Take a solved ask out of the messages that are not answered, and back those of which nothing is left."""
        platform, waking = self.platform, hours.waking(at)
        for message in state.messages:
            if message.answered or message.withdrawn:
                continue
            if any(one.is_open for one in message.shown):
                own = next(log for one, log in zip(message.shown, message.log, strict=True) if one is state)
                platform.log.close(own, waking)
                continue
            message.withdrawn = True
            unread = 1.0 - platform.model.delay.share_at(waking - message.sent_waking)
            unsent(platform.helpers, message.row, at / 24, self.half_days, since=message.sent_at / 24, unread=unread)
            for log in message.log:
                platform.log.close(log, waking)

    def _cancels(self, at: float, what: Any) -> None:
        """Somebody cancels: the place is open again, and the search goes on at once."""
        state, row = what
        self.platform.came(row, yes=False)
        state.engaged.remove((row, CANCELLED))
        if state.closed:
            return
        state.left += 1
        self._plan(state, at)

    def _ends(self, at: float, state: AskState) -> None:
        """The deadline: who came, came."""
        state.closed = True
        self.platform.open.pop(state.number, None)
        if self.policy.withdraws:
            self._withdraw(state, at)
        for row, kind in state.engaged:
            self.platform.came(row, yes=kind != NO_SHOW)
            self.helps[row] += kind != NO_SHOW

    def _night(self, at: float, _what: object) -> None:
        self.platform.night(at)
