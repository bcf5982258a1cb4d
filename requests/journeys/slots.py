"""The slots of the wegwijzers in plain words, as a result names them."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# Everybody has their own of these, or looks for one: no table of a community can name it.
PERSONAL = frozenset({"huisarts", "school", "transferpunt", "mediator", "notaris", "rechtbank"})


@dataclass(frozen=True, slots=True)
class National:
    """Who can be reached from everywhere; `same` when that is whom the slot means, else a number instead of it."""

    name: str
    phone: str = ""
    website: str = ""
    same: bool = True


# What a card shows where a community filled nothing in. A person checks these before publishing, as the wegwijzers.
NATIONAL: dict[str, National] = {
    "juridisch-loket": National("Juridisch Loket", "0800-8020", "https://www.juridischloket.nl"),
    "politie": National("Politie", "0900-8844", "https://www.politie.nl"),
    "uwv": National("UWV", website="https://www.uwv.nl"),
    "toeslagen": National("Dienst Toeslagen", website="https://www.toeslagen.nl"),
    "ciz": National("CIZ", website="https://www.ciz.nl"),
    "ggd": National("GGD", website="https://www.ggd.nl"),
    "schuldhulp": National("Geldfit", "0800-8115", "https://geldfit.nl", same=False),
    "vrijwillige-geldhulp": National("Geldfit", "0800-8115", "https://geldfit.nl", same=False),
    "mantelzorgsteunpunt": National("MantelzorgNL", website="https://www.mantelzorg.nl", same=False),
}

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
