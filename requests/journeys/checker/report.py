"""For editors: every route with its answers, and which routes a change touches."""

from __future__ import annotations

from collections.abc import Iterator

from journeys.checker.walk import TooManyRoutes, Walker
from journeys.fileformat.evaluate import all_routes, shown_answers
from journeys.fileformat.model import Journey

MAX_LISTED = 200_000

Route = tuple[tuple[str, tuple[str, ...]], ...]
Change = tuple[tuple[str, ...], tuple[str, ...]]


def route_lines(journey: Journey) -> Iterator[str]:
    """Yield one line per route: its choices, and the answers that show."""
    routes = routes_with_answers(journey)
    yield f"{journey.id}: {len(routes)} routes"
    for route, answers in routes.items():
        yield f"{in_words(route)} -> {' '.join(answers) or '(niets)'}"


def routes_with_answers(journey: Journey) -> dict[Route, tuple[str, ...]]:
    """Return the answers of every route, or raise TooManyRoutes when there are too many to list."""
    if Walker(journey).count() > MAX_LISTED:
        raise TooManyRoutes
    found: dict[Route, tuple[str, ...]] = {}
    for chosen in all_routes(journey):
        route = tuple(
            (str(question.id), tuple(str(o.id) for o in question.options if o.id in chosen[question.id]))
            for question in journey.questions
            if question.id in chosen
        )
        found[route] = tuple(str(answer.id) for answer in shown_answers(journey, chosen))
    return found


def difference_lines(old: Journey, new: Journey) -> Iterator[str]:
    """Yield the routes that change, those with the same change together, and a summary at the end."""
    before, after = routes_with_answers(old), routes_with_answers(new)
    changes: dict[Change, list[Route]] = {}
    for route, answers in after.items():
        if route in before and set(answers) != set(before[route]):
            gone, come = set(before[route]) - set(answers), set(answers) - set(before[route])
            changes.setdefault((tuple(sorted(come)), tuple(sorted(gone))), []).append(route)
    for (more, less), routes in sorted(changes.items(), key=lambda item: -len(item[1])):
        signs = " ".join([*(f"+{name}" for name in more), *(f"-{name}" for name in less)])
        yield f"{signs} ({len(routes)} routes)"
        yield from (f"  {in_words(route)}" for route in routes)
    yield from _only("alleen in OLD", [route for route in before if route not in after])
    yield from _only("alleen in NEW", [route for route in after if route not in before])
    touched = sum(len(routes) for routes in changes.values())
    lost, added = len(before.keys() - after.keys()), len(after.keys() - before.keys())
    summary = f"{touched} van {len(after)} routes veranderen"
    if lost or added:
        summary += f"; {lost} verdwijnen, {added} komen erbij"
    yield summary


def _only(title: str, routes: list[Route]) -> Iterator[str]:
    """Yield the routes that exist on one side."""
    if routes:
        yield f"{title} ({len(routes)} routes)"
        yield from (f"  {in_words(route)}" for route in routes)


def in_words(route: Route) -> str:
    """Return a route on one line."""
    return " ".join(f"{question}={'+'.join(options)}" for question, options in route)
