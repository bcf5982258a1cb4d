"""The slots of the wegwijzers in plain words, as a result names them."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# Everybody has their own of these, or looks for one: no table of a community can name it.
PERSONAL = frozenset({"huisarts", "school", "transferpunt", "mediator", "notaris", "rechtbank"})

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
