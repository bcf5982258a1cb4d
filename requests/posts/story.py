"""The post's own lines in "Zo staat het ervoor": it was sent, somebody said yes, it was agreed, it is over."""

from datetime import datetime

from django.utils.translation import gettext as _

from buurt.communities.when import spoken_moment
from posts.access import engagements_of_post
from posts.models import Engagement, Post
from posts.moves import ENDED
from posts.timeline import Line, register_lines

E = Engagement.State


def lines(post: Post, now: datetime) -> list[Line]:
    """Return what this room knows of the story of a post."""
    told = [_sent(post), *_standstill(post)]
    for engagement in engagements_of_post(post):
        told += _place(engagement, now)
    return [*told, *_end(post, now)]


def _sent(post: Post) -> Line:
    if post.state == Post.State.HELD or post.published_at is None:
        text = _("Meestal duurt dat niet langer dan een dag. Je hoort van ons.")
        return Line("now", "shield-check", _("Een moderator kijkt eerst even mee"), text, post.created_at)
    if post.visibility != Post.Visibility.PUBLIC:
        text = _("Alleen de mensen die we vragen, kunnen het lezen.")
        return Line("done", "eye-off", _("Stil verstuurd"), text, post.published_at)
    title = _("Je vraag staat op het prikbord") if post.is_ask else _("Je aanbod staat op het prikbord")
    return Line("done", "send", title, at=post.published_at)


def _standstill(post: Post) -> list[Line]:
    if post.is_hidden:
        text = _("Niemand anders ziet het nu. De reden staat bij je meldingen.")
        return [Line("now", "eye-off", _("Een moderator heeft dit verborgen"), text, post.hidden_at)]
    if post.state == Post.State.PAUSED:
        text = _("We vragen niemand tot je het weer aanzet.")
        return [Line("now", "pause", _("Op pauze"), text)]
    return []


def _place(engagement: Engagement, now: datetime) -> list[Line]:
    """Return the lines about one neighbour; why a place was given up is told by nobody but the two."""
    who = {"name": str(engagement.helper)}
    yes = Line("done", "user-check", _("%(name)s zei ja") % who, at=engagement.reserved_at)
    if engagement.state == E.RESERVED:
        until = {"moment": spoken_moment(engagement.agree_before, now)}
        text = _("Spreek samen iets af. Lukt dat niet, dan is de plek weer vrij op %(moment)s.") % until
        return [Line("now", "user-check", yes.title, text, engagement.reserved_at)]
    if engagement.state == E.AGREED:
        agreed = _("Jij en %(name)s hebben het afgesproken") % who
        return [yes, Line("now", "calendar-check", agreed, at=engagement.agreed_at)]
    last = {
        E.DONE: ("circle-check", _("Het is gelukt met %(name)s") % who),
        E.NOT_DONE: ("calendar-x", _("Het ging niet door met %(name)s") % who),
        E.CANCELLED: ("calendar-x", _("%(name)s komt niet meer, de plek is weer vrij") % who),
        E.NO_SHOW: ("calendar-x", _("De afspraak met %(name)s ging mis") % who),
    }[E(engagement.state)]
    return [yes, Line("done", last[0], last[1], at=engagement.ended_at)]


def _end(post: Post, now: datetime) -> list[Line]:
    if post.state in ENDED:
        title = {
            Post.State.CLOSED: _("Afgerond"),
            Post.State.WITHDRAWN: _("Ingetrokken"),
            Post.State.EXPIRED: _("De tijd is om, het staat niet meer op het prikbord"),
        }[Post.State(post.state)]
        return [Line("done", "check", title, at=post.ended_at)]
    if post.expires_at is None or post.expires_at <= now:
        return []
    title = _("Het blijft staan tot %(moment)s") % {"moment": spoken_moment(post.expires_at, now)}
    can_renew = post.timing != Post.Timing.DAY
    text = _("Drie dagen ervoor krijg je bericht. Verlengen kan met één druk op de knop.") if can_renew else ""
    return [Line("next", "clock", title, text, post.expires_at)]


def register() -> None:
    """Tell the story from now on."""
    register_lines(lines)
