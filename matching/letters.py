"""Matching's letters: an invitation, and the kind word that somebody was found."""

from collections.abc import Callable

from django.db.models import Prefetch
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurt.residents.access import blocked_ids
from buurt.residents.letters import Action, Facts, Letter, LetterKind, register_letter
from buurt.residents.models import Resident
from matching.links import path_for
from matching.models import Invitation, Search
from matching.search import first_free_slot
from matching.views_of import is_wanted
from matching.words import question_for, spoken_reasons
from posts.models import Post
from posts.moments import spoken_timing
from posts.naming import glance_of, title_for_everybody

_WHOLE = ("post__author", "post__area", "post__community", "post__search", "helper", "slot", "wave")


def _invitations(many: list[Facts]) -> dict[int, Invitation]:
    """Return the invitations of these facts with all that letters tell; two queries, however many."""
    along = Invitation.objects.select_related(*_WHOLE).order_by("pk")
    rows = Invitation.objects.filter(pk__in=[facts["invitation"] for facts in many]).select_related(*_WHOLE)
    return {one.pk: one for one in rows.prefetch_related(Prefetch("carried", along))}


def _invitation(facts: Facts) -> Invitation | None:
    return _invitations([facts]).get(facts["invitation"])


def _many(
    compose: Callable[[Invitation | None], Letter | None],
) -> Callable[[Resident, list[Facts]], list[Letter | None]]:
    """Return a composer of many letters at a time from one that composes an invitation's."""

    def composer(resident: Resident, many: list[Facts]) -> list[Letter | None]:
        found = _invitations(many)
        return [compose(found.get(facts["invitation"])) for facts in many]

    return composer


def _helper_of(facts: Facts) -> list[Resident]:
    invitation = _invitation(facts)
    return [invitation.helper] if invitation else []


def _invite(resident: Resident, facts: Facts) -> Letter | None:
    return _question(_invitation(facts))


def _question(invitation: Invitation | None) -> Letter | None:
    """The question itself, and what travels along; None once all of it was answered, withdrawn, or ended.

    Somebody else may have solved the first ask before the mail goes out: then the next one opens it.
    """
    if invitation is None or invitation.state == Invitation.State.ANSWERED or invitation.answer:
        return None
    others = [one for one in invitation.carried.all() if _is_open(one) and not one.answer]
    if not _is_open(invitation):
        if not others:
            return None
        invitation, *others = others
    post = invitation.post
    when = spoken_timing(post)
    offers = bool(invitation.reasons.get("offer"))
    return Letter(
        subject=question_for(post, timezone.now()),
        lines=(
            (_("%(name)s uit %(area)s vraagt wat jij aanbiedt.") if offers else _("%(name)s uit %(area)s vraagt hulp."))
            % {"name": post.author.display_name, "area": post.area.name},
            _("Wanneer: %(when)s.") % {"when": when},
            _("Lees de vraag en zeg of je kunt. Nee zeggen is ook goed."),
            *([_("Past dit niet? Misschien een van de andere vragen hieronder.")] if others else []),
        ),
        actions=(
            Action(_("Ja, dat doe ik"), path_for(invitation, "yes"), "main"),
            Action(_("Nu niet, vraag me later weer"), path_for(invitation, "later")),
            Action(_("Nee, dit past niet bij mij"), path_for(invitation, "no"), "link"),
            Action(_("Eerst iets vragen"), path_for(invitation, "question"), "link"),
            # Titles made from the fields: nobody's words travel by mail.
            *(Action(title_for_everybody(other.post), path_for(other), "link") for other in others),
        ),
        reason=_("Je krijgt dit omdat: %(reasons)s") % {"reasons": " ".join(spoken_reasons(invitation))},
        glance=glance_of(post),
        opens=reverse("matching:invitation", args=[invitation.public_id]),
    )


def _is_open(invitation: Invitation) -> bool:
    return invitation.state == Invitation.State.OPEN and is_wanted(invitation.post, now=timezone.now())


def _found(resident: Resident, facts: Facts) -> Letter | None:
    return _called_off(_invitation(facts))


def _called_off(invitation: Invitation | None) -> Letter | None:
    """The kind word to the others; None when the ask is open again or they answered meanwhile."""
    if invitation is None or invitation.state != Invitation.State.WITHDRAWN:
        return None
    search = getattr(invitation.post, "search", None)
    if search is None or search.stopped_because not in {"reserved", "closed"}:
        lines = (_("Deze vraag is niet meer nodig. Je hoeft niets te doen."),)
    else:
        lines = (_("Er is al een buur gevonden. Je hoeft niets te doen."),)
    return Letter(
        subject=_("Al geregeld: dank dat we je mochten vragen"),
        lines=(*lines, _("Fijn dat je er bent. We vragen je weer als er iets past.")),
        actions=(Action(_("Bekijk wat er nog gevraagd wordt"), reverse("matching:helping"), "link"),),
        glance=glance_of(invitation.post),
    )


def _author_of(facts: Facts) -> list[Resident]:
    post = Post.objects.filter(pk=facts["post"]).select_related("author").first()
    return [post.author] if post else []


def _no_helper(resident: Resident, facts: Facts) -> Letter | None:
    """To the asker when everybody who fits was asked; None while the search still runs."""
    post = Post.objects.select_related("community", "area").get(pk=facts["post"])
    search = Search.objects.filter(post=post).first()
    if search is None or post.state != Post.State.OPEN:
        return None
    if search.state == Search.State.BROKER:
        second = _("%(team)s kijkt nu met je mee. Je hoeft niets te doen.") % {"team": post.community.team_name}
    elif search.state == Search.State.EXHAUSTED:
        second = _("Je vraag blijft op het prikbord. Maak hem kleiner of kies een ander moment. Bellen mag ook.")
    else:
        return None
    return Letter(
        subject=_("Nog niemand gevonden. Zo gaat het verder"),
        lines=(_("We vroegen iedereen die past. Niemand kon."), second),
        actions=(Action(_("Bekijk hoe het staat"), reverse("posts:status", args=[post.public_id]), "main"),),
        glance=glance_of(post),
    )


def _offer_found(resident: Resident, facts: Facts) -> Letter | None:
    """To the asker: a neighbour offers what they ask for; None once either is over, or the two do not meet."""
    found = Post.objects.filter(pk__in=[facts["post"], facts["offer"]]).select_related("area")
    posts = {post.pk: post for post in found}
    ask, offer = posts.get(facts["post"]), posts.get(facts["offer"])
    if ask is None or offer is None or offer.author_id in blocked_ids(resident):
        return None
    if any(post.state != Post.State.OPEN or post.is_hidden for post in (ask, offer)) or first_free_slot(ask) is None:
        return None
    return Letter(
        subject=_("Een buur biedt aan wat jij zoekt"),
        lines=(
            title_for_everybody(offer),
            _("We zoeken ook gewoon verder. Je hoeft niets te doen."),
        ),
        actions=(
            Action(_("Bekijk het aanbod"), reverse("posts:detail", args=[offer.public_id]), "main"),
            Action(_("Bekijk hoe het staat"), reverse("posts:status", args=[ask.public_id]), "link"),
        ),
        reason=_("Je krijgt dit omdat je zelf iets vroeg op Buurt."),
    )


def register() -> None:
    """Make matching's letters known."""
    asked, found = gettext_lazy("Iemand vraagt hulp"), gettext_lazy("Er is al iemand gevonden")
    nobody = gettext_lazy("Nog niemand gevonden")
    register_letter(
        LetterKind(
            "invitation", asked, _helper_of, _invite, compose_many=_many(_question), family="asked", urgency="high"
        )
    )
    register_letter(
        LetterKind(
            "somebody_found", found, _helper_of, _found, compose_many=_many(_called_off), family="asked", urgency="low"
        )
    )
    offer = gettext_lazy("Een buur biedt aan wat je zoekt")
    register_letter(LetterKind("offer_found", offer, _author_of, _offer_found, family="own"))
    register_letter(LetterKind("no_helper", nobody, _author_of, _no_helper, family="own"))
