"""What a community may set of the matcher, and what it starts with (letters as in docs/matching.md)."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Settings:
    """The constants of the policy (docs/matching.md); the defaults are its P8a: priced waves with pooled messages."""

    # Price (3): its weight, what every alert costs at the least, and the load of people who helped lately.
    price_weight: float = 0.5
    alert_cost: float = 0.012
    load_cost: float = 0.1
    loss_days: float = 120.0
    rest_days: float = 5.0
    recovery_half_days: float = 3.5
    worth_days: float = 28.0
    # Value of an ask that gets its help (4).
    value: float = 1.0
    value_urgent: float = 1.5
    # Waves (5): "program" or a fixed size.
    wave: str = "program"
    wave_fixed: int = 3
    largest_wave: int = 8
    looked_ahead: int = 48
    most_waves: int = 12
    shortest_wait: float = 0.5
    longest_wait: float = 4.0
    # What an hour of waiting is worth to the asker, as a share of the ask's value per wave.
    haste: float = 0.012
    # Pooling (6).
    pooling: bool = True
    most_extras: int = 4
    extras_for: int = 48
    most_open_asks: int = 64
    attention: float = 0.8
    kept: float = 0.93
    credit: float = 0.25
    # Hold (7): off by default.
    hold: bool = False
    hold_hours: float = 12.0
    hold_share: float = 0.35
    # Indices this close (as a ratio) are equals: least asked goes first, then the lot decides.
    equal_ratio: float = 1.03
    # How many of those passed over are kept to explain the choice.
    passed_kept: int = 6

    def __post_init__(self) -> None:
        """Refuse what would ask nobody, or everybody."""
        if self.wave not in ("program", "fixed"):
            msg = f'wave is "program" or "fixed", not {self.wave!r}'
            raise ValueError(msg)
        if min(self.wave_fixed, self.largest_wave, self.looked_ahead, self.most_waves) < 1:
            msg = "waves need at least one helper, and there must be one wave"
            raise ValueError(msg)
        if not 0 < self.shortest_wait <= self.longest_wait:
            msg = "a wave waits longer than nothing and not longer than the longest wait"
            raise ValueError(msg)
