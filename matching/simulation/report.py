"""Results as a table for people, as JSON for programs, and as a plot."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from matching.simulation.figures import Mean, mean_of, paired
from matching.simulation.runs import BOUND, Result
from matching.simulation.scenario import ScenarioError

# Name in Figures, heading.
COLUMNS = (
    ("filled", "filled %"),
    ("first_yes", "first yes %"),
    ("urgent", "urgent %"),
    ("days", "days %"),
    ("week", "week %"),
    ("alerts_per_fill", "alerts/fill"),
    ("shown_per_fill", "shown/fill"),
    ("gini", "Gini"),
    ("lost", "lost/1000"),
    ("too_late", "too late/1000"),
    ("rural", "rural %"),
    ("worst_kind", "worst kind %"),
    ("hours_to_yes", "hours to yes"),
)
AGAINST = ("waves-withdrawn", "board-only")
COMPARED = ("filled", "alerts_per_fill", "lost")


@dataclass(frozen=True)
class Report:
    """All results of one scenario."""

    scenario: str
    results: Sequence[Result]

    @property
    def policies(self) -> list[str]:
        """Return the policies, in the order in which they were asked for."""
        return list(dict.fromkeys(one.policy for one in self.results if one.policy != BOUND))

    def per_seed(self, policy: str, name: str) -> dict[int, float | None]:
        """Return one figure of a policy for each seed."""
        return {one.seed: one.figures.as_dict()[name] for one in self.results if one.policy == policy and one.figures}

    def mean(self, policy: str, name: str) -> Mean | None:
        """Return the mean of a figure with its interval."""
        return mean_of(list(self.per_seed(policy, name).values()))

    def alerts(self, policy: str) -> float:
        """Return the alerts per fill, nothing where nobody is alerted."""
        mean = self.mean(policy, "alerts_per_fill")
        return mean.mean if mean else 0.0

    @property
    def bounds(self) -> dict[int, float | None]:
        """Return the hindsight bound of each seed."""
        return {one.seed: one.bound for one in self.results if one.policy == BOUND}

    def share_of_bound(self, policy: str) -> Mean | None:
        """Return how much of the hindsight bound a policy reaches, in percent."""
        filled = self.per_seed(policy, "filled")
        shares = []
        for seed, bound in self.bounds.items():
            got = filled.get(seed)
            if bound and got is not None:
                shares.append(100 * got / bound)
        return mean_of(shares)

    def difference(self, policy: str, other: str, name: str) -> Mean | None:
        """Return policy minus other on the same seeds."""
        return paired(self.per_seed(policy, name), self.per_seed(other, name))

    def as_table(self) -> str:
        """Return the table as Markdown: policies, paired differences, share of the bound."""
        rows = [["policy", *(heading for _name, heading in COLUMNS)]]
        for policy in self.policies:
            rows.append([policy, *(_said(self.mean(policy, name)) for name, _heading in COLUMNS)])
        parts = [f"scenario {self.scenario}: {self._seeds()}", "", _markdown(rows)]
        if bound := mean_of(list(self.bounds.values())):
            shares = [f"{policy} {_said(self.share_of_bound(policy))} %" for policy in self.policies]
            parts += ["", f"hindsight bound: {bound} % filled; share reached: {', '.join(shares)}"]
        for other in AGAINST:
            if other in self.policies and len(self.policies) > 1:
                parts += ["", f"paired on the same seeds, minus {other}:", "", _markdown(self._differences(other))]
        return "\n".join(parts)

    def _seeds(self) -> str:
        seeds = sorted({one.seed for one in self.results})
        asks = next((one.figures.asks for one in self.results if one.figures), 0)
        return f"seeds {seeds[0]}-{seeds[-1]} ({len(seeds)}), about {asks} asks each; mean ± half of the 95 % interval"

    def _differences(self, other: str) -> list[list[str]]:
        headings = dict(COLUMNS)
        rows = [["policy", *(headings[name] for name in COMPARED)]]
        for policy in self.policies:
            if policy != other:
                rows.append([policy, *(_said(self.difference(policy, other, name)) for name in COMPARED)])
        return rows

    def as_data(self) -> dict[str, object]:
        """Return everything as plain data: per policy means and runs, paired differences, bounds."""
        return {
            "scenario": self.scenario,
            "seeds": sorted({one.seed for one in self.results}),
            "bound": _plain(mean_of(list(self.bounds.values()))),
            "bounds": {str(seed): bound for seed, bound in self.bounds.items()},
            "policies": {policy: self._policy_data(policy) for policy in self.policies},
        }

    def _policy_data(self, policy: str) -> dict[str, object]:
        runs = {str(one.seed): one for one in self.results if one.policy == policy}
        return {
            "mean": {name: _plain(self.mean(policy, name)) for name, _heading in COLUMNS},
            "share_of_bound": _plain(self.share_of_bound(policy)),
            "minus": {
                other: {name: _plain(self.difference(policy, other, name)) for name in COMPARED}
                for other in AGAINST
                if other in self.policies and other != policy
            },
            "runs": {seed: one.figures.as_dict() if one.figures else None for seed, one in runs.items()},
            "seconds": round(sum(one.seconds for one in runs.values()), 1),
        }

    def as_json(self) -> str:
        """Return the data as JSON."""
        return json.dumps(self.as_data(), indent=2)


def _plain(mean: Mean | None) -> dict[str, float | None] | None:
    return None if mean is None else {"mean": round(mean.mean, 3), "half": mean.half and round(mean.half, 3)}


def _said(mean: Mean | None) -> str:
    return "" if mean is None else str(mean)


def _markdown(rows: list[list[str]]) -> str:
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |" for row in rows
    ]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(lines)


def need_matplotlib() -> None:
    """Refuse with advice when the extra is not installed."""
    if find_spec("matplotlib") is None:
        raise ScenarioError('--plot needs matplotlib: pip install -e ".[sim]"')


def plot(report: Report, path: Path) -> None:
    """Draw filled asks against alerts per fill, each policy a point with its intervals, and the bound as a line."""
    need_matplotlib()
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot as plt

    figure, axes = plt.subplots(figsize=(8.2, 4.6), dpi=100)
    for number, policy in enumerate(sorted(report.policies, key=report.alerts), 1):
        filled, alerts = report.mean(policy, "filled"), report.mean(policy, "alerts_per_fill")
        if filled is None:
            continue
        x = report.alerts(policy)
        ours = policy.startswith("priced")
        axes.errorbar(
            x,
            filled.mean,
            yerr=filled.half or 0.0,
            xerr=(alerts.half or 0.0) if alerts else 0.0,
            fmt="o" if ours else "s",
            color="#0b5c4a" if ours else "#8a5a00",
            capsize=2,
            label=f"{number}  {policy}",
        )
        axes.annotate(str(number), (x, filled.mean), textcoords="offset points", xytext=(4, 5), fontsize=9)
    if bound := mean_of(list(report.bounds.values())):
        axes.axhline(bound.mean, linestyle="--", color="#555555", linewidth=1)
        axes.annotate("hindsight bound", (0, bound.mean), textcoords="offset points", xytext=(4, 3), fontsize=8)
    axes.set_xlabel("alerts per filled ask (fewer is kinder)")
    axes.set_ylabel("asks filled, %")
    axes.set_title(f"Policies in the scenario {report.scenario}", fontsize=10)
    axes.set_xlim(left=-3)
    axes.legend(loc="center left", bbox_to_anchor=(1.01, 0.5), fontsize=8, frameon=False)
    figure.tight_layout()
    figure.savefig(path)
    plt.close(figure)
