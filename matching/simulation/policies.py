"""The policies that are compared: each says, for one ask at one moment, who gets a message and when it looks again."""

from dataclasses import dataclass, replace

import numpy as np

from matching.engine import Ask, Chances, Learned, People, Settings, Term, fitting_people, plan_wave, waiting_time
from matching.engine.columns import Floats, Ints, OpenAsks
from matching.engine.explain import terms_of
from matching.engine.price import prices, worth_after
from matching.engine.rank import value_of_one_yes
from matching.simulation import hours
from matching.simulation.platform import AskState, Platform
from matching.simulation.world import World


@dataclass(frozen=True)
class Decision:
    """Who is asked now, and after how many waking hours to look again (None: not before a place opens again)."""

    chosen: tuple[Term, ...] = ()
    wait: float | None = None


class Policy:
    """One way to ask; made anew for every run."""

    withdraws = False  # unread messages are taken back when an ask is solved
    replaces = False  # plans at once when all who were asked have answered

    def __init__(self, platform: Platform, world: World, seed: int) -> None:
        self.platform, self.world = platform, world
        # Nobody reads the simulated explanations.
        self.settings = Settings(passed_kept=0)
        self.rng = np.random.default_rng([seed, 9])

    def decide(self, state: AskState, at: float) -> Decision:
        """Return what to do for this ask now."""
        raise NotImplementedError

    def people(self, state: AskState, at: float) -> tuple[Ask, People, Floats]:
        """Return the ask as it stands, who may be asked, and their learned chances."""
        ask = self.platform.ask_now(state, at)
        half = self.settings.recovery_half_days
        people = fitting_people(ask, self.platform.helpers, now=at / 24, half_days=half, near=state.near)
        return ask, people, Learned(self.platform.model).alone(ask, people)

    def best(self, state: AskState, at: float, count: int | None) -> tuple[Term, ...]:
        """Return the people with the highest learned chance."""
        ask, people, chance = self.people(state, at)
        return chosen(ask, people, chance, np.argsort(-chance, kind="stable")[:count])


def chosen(ask: Ask, people: People, chance: Floats, places: Ints, price: Floats | None = None) -> tuple[Term, ...]:
    """Return the terms of these places among the people."""
    price = np.ones(len(people)) if price is None else price
    return terms_of(ask, people.take(places), chance[places], price[places], [()] * len(places))


class BoardOnly(Policy):
    """Nobody is asked; people look at the board (as BUUV does)."""

    def decide(self, state: AskState, at: float) -> Decision:
        """Ask nobody."""
        return Decision()


class Broadcast(Policy):
    """Everybody who fits, at once."""

    def decide(self, state: AskState, at: float) -> Decision:
        """Ask everybody who fits."""
        return Decision(self.best(state, at, None))


class NearestTen(Policy):
    """The ten nearest, once."""

    def decide(self, state: AskState, at: float) -> Decision:
        """Ask the ten nearest."""
        ask, people, chance = self.people(state, at)
        return Decision(chosen(ask, people, chance, np.argsort(people.km, kind="stable")[:10]))


class ScoreOnce(Policy):
    """The ten with the highest chance, once."""

    def decide(self, state: AskState, at: float) -> Decision:
        """Ask the ten best."""
        return Decision(self.best(state, at, 10))


class Waves(Policy):
    """Four at a time by chance, until somebody says yes."""

    replaces = True
    size = 4

    def decide(self, state: AskState, at: float) -> Decision:
        """Ask the four best of who is left."""
        return Decision(self.best(state, at, self.size), self.wait(state, at))

    def wait(self, state: AskState, at: float) -> float:
        """Return the waking hours that a wave waits, as P8 does."""
        return waiting_time(state.deadline_waking - hours.waking(at), self.settings)


class WavesWithdrawn(Waves):
    """The same, and unread messages are taken back at a yes (P5w): what to beat."""

    withdraws = True


class KeepAlerted(Waves):
    """Keep seven alerted, replacing refusals and who stays silent for three waits (GoodSAM does much the same)."""

    withdraws = True
    kept = 7

    def decide(self, state: AskState, at: float) -> Decision:
        """Ask as many as are missing from seven."""
        wait = self.wait(state, at)
        young = sum(hours.waking(at) - sent < 3 * wait for _chance, sent in state.outs.values())
        return Decision(self.best(state, at, max(0, self.kept - young)), wait)


class IndexOnce(Policy):
    """Everybody whose price is worth it, by the price index, in one go."""

    withdraws = True

    def decide(self, state: AskState, at: float) -> Decision:
        """Ask in order of price per yes as long as one more is worth its price."""
        ask, people, chance = self.people(state, at)
        price = prices(people, chance, self.platform.model, self.settings)
        value = value_of_one_yes(ask, self.settings, chance, price)
        order = np.argsort(price / chance, kind="stable")
        silent = np.cumprod(np.concatenate(([1.0], 1 - chance[order])))
        count = int(np.argmin(np.append(chance[order] * silent[:-1] * value > price[order], False)))
        if not state.planned:
            unmet = value * float(silent[count])
            fresh = Learned(self.platform.model).fresh(ask, people)
            self.platform.set_worth(people.rows, worth_after(people, self.settings, fresh, price, unmet), at)
        return Decision(chosen(ask, people, chance, order[:count], price))


class Priced(Policy):
    """The production engine: priced waves (P7), one ask per message."""

    withdraws = True
    replaces = True
    changed: dict[str, object] = {"pooling": False}

    def __init__(self, platform: Platform, world: World, seed: int) -> None:
        super().__init__(platform, world, seed)
        self.settings = replace(self.settings, **self.changed)  # type: ignore[arg-type]

    def chances(self, at: float) -> Chances | None:
        """Return who knows the chances; None = the learned tables."""
        return None

    def decide(self, state: AskState, at: float) -> Decision:
        """Ask as the engine plans."""
        platform = self.platform
        ask = platform.ask_now(state, at)
        plan = plan_wave(
            ask,
            platform.helpers,
            platform.open_now(at) if self.settings.pooling else None,
            model=platform.model,
            settings=self.settings,
            now=at / 24,
            rng=self.rng,
            near=state.near,
            chances=self.chances(at),
            is_new=not state.planned,
        )
        platform.set_worth(plan.worth_rows, plan.worth_values, at)
        state.unmet = plan.unmet
        return Decision(plan.chosen, plan.wait)


class PricedPooled(Priced):
    """The default of the product: priced waves with pooled messages (P8a)."""

    changed = {}


class PricedPooledHold(Priced):
    """The same with the hold switched on (P8b)."""

    changed = {"hold": True}


class PricedFixed(Priced):
    """P8a with fixed waves of three."""

    changed = {"wave": "fixed"}


class PricedPooledTrue(PricedPooled):
    """P8a that knows the true chances: can't be built, shows what is lost by learning."""

    def chances(self, at: float) -> Chances:
        """Return the world's own chances."""
        return _Truth(self.world, at)


class _Truth:
    """The true chances of a world, as the engine asks for them."""

    def __init__(self, world: World, at: float) -> None:
        self.world, self.at = world, at

    def alone(self, ask: Ask, people: People) -> Floats:
        """Return the true chances now."""
        return np.clip(self.world.chances(ask.id, people.rows, self.at), 1e-4, 0.9)

    def fresh(self, ask: Ask, people: People) -> Floats:
        """Return the true chances of rested people."""
        return np.clip(self.world.chances(ask.id, people.rows, self.at, fresh=True), 1e-4, 0.9)

    def pairs(self, asks: OpenAsks, people: People, km: Floats) -> Floats:
        """Return the true chances of all pairs."""
        columns = [self.world.chances(number, people.rows, self.at) for number in asks.id.tolist()]
        return np.clip(np.column_stack(columns), 1e-4, 0.9)


POLICIES: dict[str, type[Policy]] = {
    "board-only": BoardOnly,
    "broadcast": Broadcast,
    "nearest-k": NearestTen,
    "score-once": ScoreOnce,
    "waves": Waves,
    "waves-withdrawn": WavesWithdrawn,
    "keep-alerted": KeepAlerted,
    "index-once": IndexOnce,
    "priced": Priced,
    "priced-pooled": PricedPooled,
    "priced-pooled-hold": PricedPooledHold,
    "priced-pooled-fixed": PricedFixed,
    "priced-pooled-true": PricedPooledTrue,
}
