""" "Zo staat het ervoor": everything the status page says about a post, in the author's own view."""

from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from buurt.communities.when import spoken_duration, spoken_when_next, spoken_when_past
from posts.access import answer_figures
from posts.models import Post
from posts.moments import spoken_timing
from posts.moves import ENDED, Actor, may_move
from posts.naming import title_for_everybody
from posts.timeline import Line
from posts.views.cards import facts_of, state_chip
from posts.views.expectation import expectation_of

# From this long before the end "Laat langer staan" is offered.
ALMOST_OVER = timedelta(days=7)
S = Post.State


def steps_of(lines: list[Line], now: datetime) -> list[dict[str, str]]:
    """Return the lines of the story for timeline.html, each with its clock in words."""
    return [
        {"state": line.state, "icon": line.icon, "title": line.title, "text": line.text, "when": _clock(line, now)}
        for line in lines
    ]


def _clock(line: Line, now: datetime) -> str:
    if line.at is None:
        return ""
    return spoken_when_next(line.at, now) if line.at > now else spoken_when_past(line.at, now)


def acts_of(post: Post, now: datetime) -> dict[str, bool]:
    """Return what its author can do with a post now, as the table of moves allows."""
    ended = post.state in ENDED
    about_a_day = post.timing == Post.Timing.DAY
    almost_over = post.expires_at is not None and post.expires_at - now < ALMOST_OVER
    renew = not about_a_day and (post.state == S.EXPIRED or (post.state == S.OPEN and almost_over))
    return {
        "edit": not ended,
        "pause": may_move(post, S.PAUSED, Actor.AUTHOR),
        "resume": post.state == S.PAUSED,
        "renew": renew,
        "renew_first": post.state == S.EXPIRED or post.warned_at is not None,
        "close": may_move(post, S.CLOSED, Actor.AUTHOR),
        "withdraw": may_move(post, S.WITHDRAWN, Actor.AUTHOR),
        "copy": True,
        "copy_first": ended and not renew,
    }


def about(post: Post, *, now: datetime) -> dict[str, Any]:
    """Return the rest of the page: the line under the title, the figures, and what needs attention."""
    text, tone, icon = state_chip(post)
    parts = [
        spoken_timing(post),
        spoken_duration(post.duration_minutes) if post.duration_minutes else "",
        post.area.name,
    ]
    waiting = post.is_ask and post.state == S.OPEN and post.free_places > 0  # type: ignore[attr-defined]
    figures = answer_figures(post.community, post.category, now=now) if waiting else None
    return {
        "subtitle": " · ".join(part for part in parts if part),
        "state_chip": {"text": text, "tone": tone, "icon": icon},
        "facts": facts_of(post, None),
        "expect": expectation_of(figures, post.category, post.community),
        "public_title": title_for_everybody(post),
        "on_board": post.state == S.OPEN and post.visibility == Post.Visibility.PUBLIC and not post.is_hidden,
        "detail_href": reverse("posts:detail", args=[post.public_id]),
        **_notice(post, now),
    }


def _notice(post: Post, now: datetime) -> dict[str, str]:
    """Return the one thing the author should know first, if there is one."""
    if post.is_hidden:
        return {
            "notice": _("Een moderator heeft dit verborgen. Niemand anders ziet het nu."),
            "notice_kind": "warning",
            "notice_href": reverse("moderation:decisions"),
            "notice_link": _("Lees waarom"),
        }
    if post.state == S.HELD:
        return {
            "notice": _("Iemand van het team leest het eerst. Tot die tijd ziet geen buur het."),
            "notice_kind": "info",
        }
    if post.state == S.PAUSED:
        return {"notice": _("Het staat even stil. Niemand wordt nu gevraagd."), "notice_kind": "info"}
    if post.state == S.EXPIRED:
        return {"notice": _("De tijd is om. Het staat niet meer op het prikbord."), "notice_kind": "info"}
    if post.state == S.OPEN and post.warned_at and post.expires_at:
        when = spoken_when_next(post.expires_at, now)
        return {
            "notice": _("Dit gaat bijna van het prikbord: %(when)s.") % {"when": when},
            "notice_kind": "warning",
        }
    return {}
