"""The slots of the wegwijzers in plain words, and who fills them in a community."""

from __future__ import annotations

from collections.abc import Collection

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from buurt.communities.models import Community
from buurt.organisations.models import Organisation

NAMES: dict[str, Promise] = {
    "sociaal-team": _("het sociaal team"),
    "wmo-loket": _("het loket voor hulp en zorg thuis (Wmo)"),
    "jeugdteam": _("het jeugdteam"),
    "schuldhulp": _("de schuldhulp van de gemeente"),
    "burgerzaken": _("burgerzaken van de gemeente"),
    "inkomen": _("het loket voor inkomen van de gemeente"),
    "inburgering": _("het loket voor inburgering"),
    "clientondersteuning": _("iemand die gratis met je meedenkt (cliëntondersteuning)"),
    "huisarts": _("je huisarts"),
    "wijkverpleging": _("de wijkverpleging"),
    "transferpunt": _("het transferpunt van het ziekenhuis"),
    "mantelzorgsteunpunt": _("het steunpunt voor mantelzorgers"),
    "juridisch-loket": _("het Juridisch Loket"),
    "mediator": _("een mediator"),
    "school": _("de school van je kind"),
    "ggd": _("de GGD"),
    "uwv": _("UWV"),
    "toeslagen": _("de Dienst Toeslagen"),
    "opvang": _("de opvang"),
    "politie": _("de politie"),
    "ciz": _("het CIZ"),
    "rechtbank": _("de rechtbank"),
    "notaris": _("een notaris"),
    "taalhuis": _("het taalhuis"),
    "bibliotheek": _("de bibliotheek"),
    "buurthuis": _("het buurthuis"),
    "vrijwillige-geldhulp": _("vrijwilligers die helpen met geld"),
    "voedselbank": _("de voedselbank"),
    "kledingbank": _("de kledingbank"),
    "mantelzorggroep": _("een groep voor mantelzorgers"),
    "welkomstgroep": _("een groep voor nieuwe buren"),
    "eettafel": _("de eettafel in de buurt"),
    "beweeggroep": _("een groep om samen te bewegen"),
    "repaircafe": _("het repaircafé"),
    "maatjesproject": _("een maatjesproject"),
    "uitleen-hulpmiddelen": _("de uitleen van hulpmiddelen"),
    "lotgenoten": _("mensen die hetzelfde meemaken"),
    "kindergroep-scheiding": _("een groep voor kinderen na een scheiding"),
    "dagactiviteit": _("activiteiten overdag"),
}


def fillers(community: Community | None, slots: Collection[str]) -> dict[str, Organisation]:
    """Return per slot who fills it here; for the whole community rather than for one area."""
    if community is None or not slots:
        return {}
    found: dict[str, Organisation] = {}
    for organisation in Organisation.objects.filter(community=community, slot__in=slots).order_by("name"):
        held = found.get(organisation.slot)
        if held is None or (held.area_id is not None and organisation.area_id is None):
            found[organisation.slot] = organisation
    return found
