"""Faults in what is said and where it leads (E16-E19, W01-W03, W09, W10)."""

from tests.unit.journeys.checker.faults import (
    ALLEEN,
    GELD,
    KIND,
    LEREN,
    MANTELZORG,
    NIEUW,
    UIT_ELKAAR,
    ZIEKENHUIS,
    Fault,
)

WORDS: list[Fault] = [
    Fault(
        "E16",
        "keerpunt ontbreekt",
        GELD,
        [('    keerpunt:\n      tekst: "Wacht niet op een buur. Bel vandaag zelf."\n      naar: spoed\n', "")],
        (),
    ),
    Fault("E16", "doel bestaat niet", GELD, [("      naar: spoed\n", "      naar: spoedlijn\n")], ()),
    Fault("E16", "doel is een buur", GELD, [("      naar: schuldhulp\n", "      naar: buur-post\n")], ()),
    Fault("E16", "doel is zelf", ALLEEN, [("      naar: mantel\n", "      naar: dagplan\n")], ()),
    Fault("E17", "lijst bestaat niet", GELD, [("lijst: drie-stapels", "lijst: vier-stapels")], ()),
    Fault("E17", "lijst bestaat niet, mantelzorg", MANTELZORG, [("lijst: gesprek-werk", "lijst: gesprek")], ()),
    Fault("E17", "id van een wegwijzer is geen lijst", KIND, [("lijst: op-papier", "lijst: mantelzorg")], ()),
    Fault("E18", "wegwijzer bestaat niet", GELD, [("wegwijzer: baan-kwijt", "wegwijzer: baan-weg")], ()),
    Fault("E18", "vraag bestaat hier niet", GELD, [("neemt_mee: [dreigt]", "neemt_mee: [fase]")], ()),
    Fault("E18", "vraag bestaat daar niet", GELD, [("neemt_mee: [dreigt]", "neemt_mee: [post]")], ()),
    Fault(
        "E18",
        "opties zijn anders",
        GELD,
        [('      beslag: "Er gaat geld', '      loonbeslag: "Er gaat geld')],
        ("E04",),
    ),
    Fault(
        "E18",
        "optie erbij",
        UIT_ELKAAR,
        [('      nee: "Nee"\n      spoed:', '      nee: "Nee"\n      later: "Misschien later"\n      spoed:')],
        ("W05",),
    ),
    Fault(
        "E19",
        "kosten ontbreken",
        GELD,
        [('      bel: "0800-8115"\n      kosten: "gratis"\n', '      bel: "0800-8115"\n')],
        (),
    ),
    Fault(
        "E19",
        "open ontbreekt",
        ALLEEN,
        [('      kosten: "gratis"\n      open: "dag en nacht"\n', '      kosten: "gratis"\n')],
        (),
    ),
    Fault("E19", "kosten zijn onbekend", ALLEEN, [('kosten: "gewone belkosten"', 'kosten: "valt mee"')], ()),
    Fault("E19", "geen nummer", UIT_ELKAAR, [('bel: "112"', 'bel: "tel:112"')], ()),
    Fault(
        "W01",
        "lange zin in een tekst",
        GELD,
        [
            (
                "Kijk ook of er een kledingbank is.",
                "Kijk ook of er een kledingbank is en vraag daar dan meteen of je er met je kinderen een keer langs mag komen voor schoenen.",
            )
        ],
        (),
    ),
    Fault(
        "W01",
        "lange zin in een vraag",
        ALLEEN,
        [
            (
                'vraag: "Wat mis je?"',
                'vraag: "Wat mis je het meest op de dagen dat je alleen thuis bent en er niemand belt of langskomt om te vragen hoe het gaat?"',
            )
        ],
        (),
    ),
    Fault(
        "W01",
        "lange zin in een keerpunt",
        MANTELZORG,
        [
            (
                '"Blijven er te veel plekken leeg? Bel het steunpunt."',
                '"Blijven er op jouw lijst met taken voor deze week te veel plekken leeg waar niemand van je familie of vrienden een naam zet?"',
            )
        ],
        (),
    ),
    Fault("W02", "reis", GELD, [("Hoe eerder je begint", "Hoe eerder je deze reis begint")], ()),
    Fault("W02", "recht op", GELD, [("Je hoeft je niet te schamen.", "Je hebt recht op hulp.")], ()),
    Fault("W02", "verzekerd", MANTELZORG, [("Advies is gratis.", "Advies is verzekerd.")], ()),
    Fault("W02", "moeilijk woord", ALLEEN, [('Een praatje"', 'Participatie"')], ()),
    Fault("W03", "gisteren", GELD, [('opnieuw_voor: "2027-05-23"', 'opnieuw_voor: "2026-11-22"')], ()),
    Fault("W03", "vorig jaar", MANTELZORG, [('opnieuw_voor: "2027-05-23"', 'opnieuw_voor: "2025-05-23"')], ()),
    Fault("W03", "lang geleden", LEREN, [('opnieuw_voor: "2027-11-23"', 'opnieuw_voor: "1999-12-31"')], ()),
    Fault("W09", "blog", GELD, [('- "https://geldfit.nl"', '- "https://blog.example.com/geld"')], ()),
    Fault(
        "W09", "lijkt officieel", GELD, [('- "https://geldfit.nl"', '- "https://rijksoverheid.nl.example.com/"')], ()
    ),
    Fault("W09", "voor de naam geplakt", ALLEEN, [('- "https://www.113.nl"', '- "https://nep113.nl"')], ()),
    Fault(
        "W10",
        "termijn zonder bron",
        ZIEKENHUIS,
        [("Zeg ook of er thuis iemand is.", "Dat moet binnen twee weken.")],
        (),
    ),
    Fault("W10", "bedrag zonder bron", ALLEEN, [("Vaak voor weinig geld.", "Een maaltijd kost 5 euro.")], ()),
    Fault("W10", "bron verdwenen", NIEUW, [('    bron:\n      - "https://wetten.overheid.nl/BWBR0002628/"\n', "")], ()),
    Fault("W10", "uiterlijk", GELD, [("Er is soms een wachtlijst.", "Je hoort uiterlijk één week later iets.")], ()),
]
