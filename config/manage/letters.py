"""Letters to community managers: another municipality offers to share areas, or said yes."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurt.communities.models import AreaShare, AreaShareOffer
from buurt.residents.letters import Action, Facts, Letter, LetterKind, register_letter
from buurt.residents.models import Resident, Role


def _managers(community_id: int) -> list[Resident]:
    held = Role.objects.filter(community=community_id, name=Role.Name.MANAGER)
    return list(Resident.objects.filter(pk__in=held.values("resident"), is_active=True).order_by("pk"))


def _offer(facts: Facts) -> AreaShareOffer | None:
    rows = AreaShareOffer.objects.select_related("area__community", "other__community")
    return rows.filter(pk=facts["offer"]).first()


def _share(facts: Facts) -> AreaShare | None:
    rows = AreaShare.objects.select_related("area__community", "other__community")
    return rows.filter(pk=facts["share"]).first()


def _who_was_offered(facts: Facts) -> list[Resident]:
    offer = _offer(facts)
    return _managers(offer.other.community_id) if offer else []


def _compose_offer(resident: Resident, facts: Facts) -> Letter | None:
    offer = _offer(facts)
    if offer is None:  # answered or taken back meanwhile
        return None
    words = {"town": offer.area.community.name, "theirs": offer.area.name, "ours": offer.other.name}
    return Letter(
        subject=_("%(town)s wil een wijk met jullie delen") % words,
        lines=(
            _("Buren uit %(theirs)s en uit jullie %(ours)s kunnen elkaar dan helpen.") % words,
            _("Het gaat pas in als jullie ja zeggen."),
        ),
        actions=(Action(_("Bekijk het aanbod"), reverse("manage:asking"), "main"),),
        reason=_("Je krijgt dit omdat je Buurt beheert."),
    )


def _who_had_offered(facts: Facts) -> list[Resident]:
    return _managers(facts["community"])


def _compose_share(resident: Resident, facts: Facts) -> Letter | None:
    share = _share(facts)
    if share is None:
        return None
    first, second = sorted((share.area, share.other), key=lambda area: area.community_id != facts["community"])
    words = {"town": second.community.name, "ours": first.name, "theirs": second.name}
    return Letter(
        subject=_("%(town)s zei ja: jullie delen een wijk") % words,
        lines=(_("Buren uit jullie %(ours)s en uit %(theirs)s kunnen elkaar nu helpen.") % words,),
        actions=(Action(_("Bekijk wat jullie delen"), reverse("manage:asking"), "main"),),
        reason=_("Je krijgt dit omdat je Buurt beheert."),
    )


def register() -> None:
    """Make these letters known."""
    offered, shared = gettext_lazy("Een gemeente wil een wijk delen"), gettext_lazy("Een gemeente deelt een wijk")
    register_letter(LetterKind("border_offered", offered, _who_was_offered, _compose_offer))
    register_letter(LetterKind("border_shared", shared, _who_had_offered, _compose_share))
