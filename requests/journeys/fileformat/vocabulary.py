"""The closed lists of format 1; only the core team extends them."""

from __future__ import annotations

FORMAT = "1"

# In the order in which the answers are shown.
KINDS = ("nood", "zelf", "buur", "initiatief", "professional")
INFORMAL = ("zelf", "buur", "initiatief")
FORMAL = ("professional", "nood")
FALLBACK_KEY = "vult_aan"

DOMAINS = ("geld", "werk", "leren", "gezondheid", "gezin", "wonen", "contacten", "dagelijks")
WEIGHTS = ("1", "2", "3", "4")
YES_NO = ("ja", "nee")
ONE, MANY = "een", "meer"
NOT = "niet"

# The category slugs of the marketplace.
CATEGORIES = frozenset(
    [
        "cooking",
        "groceries",
        "transport",
        "admin",
        "digital",
        "repairs",
        "garden",
        "company",
        "language",
        "childcare",
        "pets",
        "care",
        "activities",
        "lending",
        "moving",
        "other",
    ]
)
INITIATIVES = frozenset(
    [
        "taalhuis",
        "bibliotheek",
        "buurthuis",
        "vrijwillige-geldhulp",
        "voedselbank",
        "kledingbank",
        "mantelzorggroep",
        "welkomstgroep",
        "eettafel",
        "beweeggroep",
        "repaircafe",
        "maatjesproject",
        "uitleen-hulpmiddelen",
        "lotgenoten",
        "kindergroep-scheiding",
        "dagactiviteit",
    ]
)
COUNTERS = frozenset(
    [
        "sociaal-team",
        "wmo-loket",
        "jeugdteam",
        "schuldhulp",
        "burgerzaken",
        "inkomen",
        "inburgering",
        "clientondersteuning",
        "huisarts",
        "wijkverpleging",
        "transferpunt",
        "mantelzorgsteunpunt",
        "juridisch-loket",
        "mediator",
        "school",
        "ggd",
        "uwv",
        "toeslagen",
        "opvang",
        "politie",
        "ciz",
        "rechtbank",
        "notaris",
    ]
)
WMO_COUNTER = "wmo-loket"
SUPPORT_COUNTER = "clientondersteuning"
WMO_LINE = "Je hoeft niet eerst in de buurt te vragen."
NONE_OF_THESE = "geen van deze"
COSTS = ("gratis", "gewone belkosten", "lokaal")

# The main key of an action, and what may stand beside it: True when it must.
ACTIONS: dict[str, dict[str, bool]] = {
    "bel": {"kosten": False, "open": False},  # E19 asks for these two
    "hulp": {"voorbeeld": True, "stil": False},
    "aanbod": {"voorbeeld": True},
    "initiatief": {},
    "loket": {"upn": False},
    "lijst": {},
    "wegwijzer": {"neemt_mee": False},
    "link": {"naam": True},
}
# Which actions fit which kind of answer.
FITTING: dict[str, frozenset[str]] = {
    "nood": frozenset({"bel", "loket", "link"}),
    "zelf": frozenset({"lijst", "wegwijzer", "link", "loket"}),
    "buur": frozenset({"hulp", "aanbod"}),
    "initiatief": frozenset({"initiatief"}),
    "professional": frozenset({"bel", "loket", "link"}),
}
SHARING_ACTIONS = frozenset({"loket", "initiatief"})

PLACEHOLDERS = frozenset({"gemeente"})
# Says of every blank that it may stand there; whoever lays the file over another compares them.
ANY_BLANK = frozenset({"*"})
LIST_KINDS = ("afvink", "som", "brief", "vragen")
SIGNS = ("plus", "min")
