"""Letters about a place: somebody said yes, or it came free again."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurt.residents.letters import Action, Facts, Letter, LetterKind, register_letter
from buurt.residents.models import Resident
from chat.access import conversation_about
from posts.models import Engagement, Post
from posts.naming import glance_of, title_for_everybody

# Who hears of a place that came free, by the reason. Nobody is told that they did not come.
TOLD: dict[str, tuple[str, ...]] = {
    "declined": ("helper",),
    "withdrawn": ("helper",),
    "cancelled": ("helper", "author"),
    "late_cancel": ("helper", "author"),
    "clock": ("helper", "author"),
    "erased": ("helper", "author"),
}


def _engagement(facts: Facts) -> Engagement | None:
    return (
        Engagement.objects.filter(pk=facts["engagement"])
        .select_related("helper", "slot__post__author", "slot__post__community", "slot__post__area")
        .first()
    )


def _author(facts: Facts) -> list[Resident]:
    engagement = _engagement(facts)
    return [engagement.slot.post.author] if engagement else []


def _said_yes(resident: Resident, facts: Facts) -> Letter | None:
    """To the author: a neighbour said yes. None once they agreed or the place is free again."""
    engagement = _engagement(facts)
    if engagement is None or engagement.state != Engagement.State.RESERVED:
        return None
    conversation = conversation_about(engagement)
    if conversation is None:
        return None
    post, name = engagement.slot.post, engagement.helper.display_name
    subject = _("%(name)s zei ja") if post.is_ask else _("%(name)s wil graag wat je aanbiedt")
    return Letter(
        subject=subject % {"name": name},
        lines=(
            _("Het gaat over: %(title)s.") % {"title": title_for_everybody(post)},
            _("Spreek samen af in het gesprek. Je adres en nummer deel je zelf, als je wilt."),
        ),
        actions=(Action(_("Naar het gesprek"), reverse("chat:conversation", args=[conversation.public_id]), "main"),),
        reason=_("Je krijgt dit omdat je dit op Buurt zette."),
        glance=glance_of(post),
    )


def _told(facts: Facts) -> list[Resident]:
    engagement = _engagement(facts)
    if engagement is None:
        return []
    people = {"helper": engagement.helper, "author": engagement.slot.post.author}
    return [people[role] for role in TOLD.get(facts.get("because", ""), ())]


def _free_again(resident: Resident, facts: Facts) -> Letter | None:
    """To both, or to the helper alone: it does not go on. None when the same person has the place once more."""
    engagement = _engagement(facts)
    if engagement is None or engagement.state != Engagement.State.CANCELLED:
        return None
    live = Engagement.objects.filter(slot=engagement.slot, helper=engagement.helper, state__in=["reserved", "agreed"])
    if live.exists():
        return None
    post = engagement.slot.post
    if resident.pk != post.author_id:
        return _to_helper(post, facts)
    lines = [_("Het gaat over: %(title)s.") % {"title": title_for_everybody(post)}]
    if facts.get("because") == "clock":
        lines.append(_("Jullie spraken nog niets af. De plek is weer vrij."))
    if post.is_ask and post.state == Post.State.OPEN:
        lines.append(_("We vragen nu weer andere buren. Je hoeft niets te doen."))
    return Letter(
        subject=_("Je plek is weer vrij"),
        lines=tuple(lines),
        actions=(Action(_("Bekijk hoe het staat"), reverse("posts:status", args=[post.public_id]), "main"),),
        glance=glance_of(post),
    )


def _to_helper(post: Post, facts: Facts) -> Letter:
    because = facts.get("because")
    if because == "clock":
        line = _("Jullie spraken nog niets af, dus vragen we ook anderen. Kun je toch? Zeg dan opnieuw ja.")
    elif because == "declined":
        line = _("Deze keer komt het anders uit. Fijn dat je wilde helpen.")
    else:
        line = _("Het gaat niet door. Je hoeft niets te doen.")
    return Letter(
        subject=_("Het gaat deze keer niet door"),
        lines=(_("Het gaat over: %(title)s.") % {"title": title_for_everybody(post)}, line),
        actions=(Action(_("Bekijk wat er nog gevraagd wordt"), reverse("matching:helping"), "link"),),
        glance=glance_of(post),
    )


def register() -> None:
    """Make the letters about places known."""
    yes, free = gettext_lazy("Iemand zei ja"), gettext_lazy("Een plek is weer vrij")
    register_letter(LetterKind("place_reserved", yes, _author, _said_yes, family="own", urgency="high"))
    register_letter(LetterKind("place_released", free, _told, _free_again, family="own"))
