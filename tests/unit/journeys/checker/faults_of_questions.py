"""Faults in questions, examples and the size of the file (E10, E11, E13, E14, W05, W07, W08)."""

from tests.unit.journeys.checker.faults import (
    ALLEEN,
    GELD,
    KIND,
    LEREN,
    MANTELZORG,
    NIEUW,
    OVERLEDEN,
    UIT_ELKAAR,
    ZIEKENHUIS,
    Fault,
)

QUESTIONS: list[Fault] = [
    Fault("E10", "krijgt iets niet", GELD, [("krijgt: [open-een-brief,", "krijgt: [eten, open-een-brief,")], ()),
    Fault(
        "E10",
        "krijgt iets toch",
        GELD,
        [("krijgt_niet: [schuldhulp, spoed, juridisch, buur-mee]", "krijgt_niet: [geldfit]")],
        (),
    ),
    Fault("E10", "antwoord bestaat niet", GELD, [("krijgt: [meer-geld,", "krijgt: [meer-goud,")], ()),
    Fault("E10", "vraag vergeten", GELD, [("kiest: {dreigt: nee, overzicht: half, ", "kiest: {dreigt: nee, ")], ()),
    Fault(
        "E10",
        "vraag die niet gesteld wordt",
        UIT_ELKAAR,
        [("zorgen: [geld, praktisch], dreigt: nee}", "zorgen: [geld, praktisch], dreigt: nee, woning: blijf}")],
        (),
    ),
    Fault("E10", "voorwaarde gewijzigd", GELD, [("als: {achter: paar}", "als: {achter: veel}")], ()),
    Fault("E11", "gevoelig zonder nood", NIEUW, [("gevoelig: nee", "gevoelig: ja")], ()),
    Fault("E11", "gevoelig zonder nood, iets leren", LEREN, [("gevoelig: nee", "gevoelig: ja")], ()),
    Fault("E11", "nood werd professional", MANTELZORG, [("    soort: nood", "    soort: professional")], ()),
    Fault(
        "E11",
        "nood werd professional, ziekenhuis",
        ZIEKENHUIS,
        [("    soort: nood", "    soort: professional")],
        ("E10",),
    ),
    Fault(
        "E13",
        "vraag zonder gevolg",
        GELD,
        [
            (
                "  - id: dreigt\n    vraag",
                '  - id: leeftijd\n    vraag: "Hoe oud ben je?"\n    soort: een\n    opties:\n      jong: "Jonger dan 65"\n      oud: "Ouder"\n  - id: dreigt\n    vraag',
            )
        ],
        ("E10",),
    ),
    Fault(
        "E13",
        "vraag die alleen zijn eigen vervolg stuurt",
        GELD,
        [
            (
                "  - id: dreigt\n    vraag",
                '  - id: hond\n    vraag: "Heb je een hond?"\n    soort: een\n    opties:\n      ja: "Ja"\n      nee: "Nee"\n  - id: ras\n    vraag: "Welke?"\n    soort: een\n    als: {hond: ja}\n    opties:\n      groot: "Groot"\n      klein: "Klein"\n  - id: dreigt\n    vraag',
            )
        ],
        ("E10",),
    ),
    Fault(
        "E13", "antwoord noemt alle opties", MANTELZORG, [("    als: {wonen: ver}", "    als: {wonen: [nee, ver]}")], ()
    ),
    Fault(
        "E13",
        "een antwoord dat toch altijd komt",
        MANTELZORG,
        [("    als: {werk: botst}", "    als: [{werk: botst}, {werk: lukt}]")],
        ("E10",),
    ),
    Fault("E14", "alleen ontbreekt", GELD, [("    alleen: niets\n", "")], ("W05",)),
    Fault("E14", "alleen noemt geen optie", GELD, [("    alleen: niets\n", "    alleen: geen\n")], ()),
    Fault(
        "E14", "alleen noemt een gewone optie", MANTELZORG, [("    alleen: anders\n", "    alleen: huis\n")], ("E04",)
    ),
    Fault("E14", "optie zegt iets anders", ALLEEN, [('anders: "Geen van deze"', 'anders: "Sla over"')], ()),
    Fault(
        "W05",
        "twee opties zonder verschil",
        GELD,
        [('      nee: "Nee"\n      spoed:', '      nee: "Nee"\n      later: "Misschien"\n      spoed:')],
        ("E18",),
    ),
    Fault(
        "W05",
        "optie van meerkeuze zonder gevolg",
        ALLEEN,
        [('      nuttig: "Dat ik ertoe doe"', '      nuttig: "Dat ik ertoe doe"\n      rust: "Rust"')],
        (),
    ),
    Fault(
        "W05", "optie verloor haar antwoord", NIEUW, [("    als: {nodig: spullen}", "    als: {nodig: computer}")], ()
    ),
    Fault(
        "W07",
        "acht vragen",
        UIT_ELKAAR,
        [
            (
                "\nvragen:\n",
                '\nvragen:\n  - id: extra\n    vraag: "Extra?"\n    soort: een\n    opties:\n      ja: "Ja"\n      nee: "Nee"\n',
            )
        ],
        ("E10", "E13"),
    ),
    Fault(
        "W07",
        "negen vragen",
        GELD,
        [
            (
                "\nvragen:\n",
                '\nvragen:\n  - id: extra-0\n    vraag: "Extra?"\n    soort: een\n    opties:\n      ja: "Ja"\n      nee: "Nee"\n  - id: extra-1\n    vraag: "Extra?"\n    soort: een\n    opties:\n      ja: "Ja"\n      nee: "Nee"\n  - id: extra-2\n    vraag: "Extra?"\n    soort: een\n    opties:\n      ja: "Ja"\n      nee: "Nee"\n  - id: extra-3\n    vraag: "Extra?"\n    soort: een\n    opties:\n      ja: "Ja"\n      nee: "Nee"\n',
            )
        ],
        ("E10", "E13"),
    ),
    Fault(
        "W07",
        "acht vragen, mantelzorg",
        MANTELZORG,
        [
            (
                "\nvragen:\n",
                '\nvragen:\n  - id: extra-0\n    vraag: "Extra?"\n    soort: een\n    opties:\n      ja: "Ja"\n      nee: "Nee"\n  - id: extra-1\n    vraag: "Extra?"\n    soort: een\n    opties:\n      ja: "Ja"\n      nee: "Nee"\n  - id: extra-2\n    vraag: "Extra?"\n    soort: een\n    opties:\n      ja: "Ja"\n      nee: "Nee"\n  - id: extra-3\n    vraag: "Extra?"\n    soort: een\n    opties:\n      ja: "Ja"\n      nee: "Nee"\n',
            )
        ],
        ("E10", "E13"),
    ),
    Fault(
        "W08",
        "negen kaarten voor iedereen",
        KIND,
        [
            (
                "\nvoorbeelden:\n",
                '  - id: extra-0\n    soort: zelf\n    leefgebied: geld\n    zwaarte: "1"\n    titel: "Extra"\n    tekst: "Extra."\n    actie:\n      lijst: dagplan\n    keerpunt:\n      tekst: "Lukt het niet? Bel."\n      naar: huisarts\n  - id: extra-1\n    soort: zelf\n    leefgebied: geld\n    zwaarte: "1"\n    titel: "Extra"\n    tekst: "Extra."\n    actie:\n      lijst: dagplan\n    keerpunt:\n      tekst: "Lukt het niet? Bel."\n      naar: huisarts\n  - id: extra-2\n    soort: zelf\n    leefgebied: geld\n    zwaarte: "1"\n    titel: "Extra"\n    tekst: "Extra."\n    actie:\n      lijst: dagplan\n    keerpunt:\n      tekst: "Lukt het niet? Bel."\n      naar: huisarts\n  - id: extra-3\n    soort: zelf\n    leefgebied: geld\n    zwaarte: "1"\n    titel: "Extra"\n    tekst: "Extra."\n    actie:\n      lijst: dagplan\n    keerpunt:\n      tekst: "Lukt het niet? Bel."\n      naar: huisarts\n  - id: extra-4\n    soort: zelf\n    leefgebied: geld\n    zwaarte: "1"\n    titel: "Extra"\n    tekst: "Extra."\n    actie:\n      lijst: dagplan\n    keerpunt:\n      tekst: "Lukt het niet? Bel."\n      naar: huisarts\n  - id: extra-5\n    soort: zelf\n    leefgebied: geld\n    zwaarte: "1"\n    titel: "Extra"\n    tekst: "Extra."\n    actie:\n      lijst: dagplan\n    keerpunt:\n      tekst: "Lukt het niet? Bel."\n      naar: huisarts\n  - id: extra-6\n    soort: zelf\n    leefgebied: geld\n    zwaarte: "1"\n    titel: "Extra"\n    tekst: "Extra."\n    actie:\n      lijst: dagplan\n    keerpunt:\n      tekst: "Lukt het niet? Bel."\n      naar: huisarts\n  - id: extra-7\n    soort: zelf\n    leefgebied: geld\n    zwaarte: "1"\n    titel: "Extra"\n    tekst: "Extra."\n    actie:\n      lijst: dagplan\n    keerpunt:\n      tekst: "Lukt het niet? Bel."\n      naar: huisarts\n  - id: extra-8\n    soort: zelf\n    leefgebied: geld\n    zwaarte: "1"\n    titel: "Extra"\n    tekst: "Extra."\n    actie:\n      lijst: dagplan\n    keerpunt:\n      tekst: "Lukt het niet? Bel."\n      naar: huisarts\n\nvoorbeelden:\n',
            )
        ],
        (),
    ),
    Fault(
        "W08",
        "negen kaarten voor iedereen, overleden",
        OVERLEDEN,
        [
            (
                "\nvoorbeelden:\n",
                '  - id: extra-0\n    soort: zelf\n    leefgebied: geld\n    zwaarte: "1"\n    titel: "Extra"\n    tekst: "Extra."\n    actie:\n      lijst: dagplan\n    keerpunt:\n      tekst: "Lukt het niet? Bel."\n      naar: huisarts\n  - id: extra-1\n    soort: zelf\n    leefgebied: geld\n    zwaarte: "1"\n    titel: "Extra"\n    tekst: "Extra."\n    actie:\n      lijst: dagplan\n    keerpunt:\n      tekst: "Lukt het niet? Bel."\n      naar: huisarts\n  - id: extra-2\n    soort: zelf\n    leefgebied: geld\n    zwaarte: "1"\n    titel: "Extra"\n    tekst: "Extra."\n    actie:\n      lijst: dagplan\n    keerpunt:\n      tekst: "Lukt het niet? Bel."\n      naar: huisarts\n  - id: extra-3\n    soort: zelf\n    leefgebied: geld\n    zwaarte: "1"\n    titel: "Extra"\n    tekst: "Extra."\n    actie:\n      lijst: dagplan\n    keerpunt:\n      tekst: "Lukt het niet? Bel."\n      naar: huisarts\n  - id: extra-4\n    soort: zelf\n    leefgebied: geld\n    zwaarte: "1"\n    titel: "Extra"\n    tekst: "Extra."\n    actie:\n      lijst: dagplan\n    keerpunt:\n      tekst: "Lukt het niet? Bel."\n      naar: huisarts\n  - id: extra-5\n    soort: zelf\n    leefgebied: geld\n    zwaarte: "1"\n    titel: "Extra"\n    tekst: "Extra."\n    actie:\n      lijst: dagplan\n    keerpunt:\n      tekst: "Lukt het niet? Bel."\n      naar: huisarts\n  - id: extra-6\n    soort: zelf\n    leefgebied: geld\n    zwaarte: "1"\n    titel: "Extra"\n    tekst: "Extra."\n    actie:\n      lijst: dagplan\n    keerpunt:\n      tekst: "Lukt het niet? Bel."\n      naar: huisarts\n  - id: extra-7\n    soort: zelf\n    leefgebied: geld\n    zwaarte: "1"\n    titel: "Extra"\n    tekst: "Extra."\n    actie:\n      lijst: dagplan\n    keerpunt:\n      tekst: "Lukt het niet? Bel."\n      naar: huisarts\n  - id: extra-8\n    soort: zelf\n    leefgebied: geld\n    zwaarte: "1"\n    titel: "Extra"\n    tekst: "Extra."\n    actie:\n      lijst: dagplan\n    keerpunt:\n      tekst: "Lukt het niet? Bel."\n      naar: huisarts\n\nvoorbeelden:\n',
            )
        ],
        (),
    ),
    Fault(
        "W08",
        "negen kaarten voor iedereen, leren",
        LEREN,
        [
            (
                "\nvoorbeelden:\n",
                '  - id: extra-0\n    soort: zelf\n    leefgebied: geld\n    zwaarte: "1"\n    titel: "Extra"\n    tekst: "Extra."\n    actie:\n      lijst: dagplan\n    keerpunt:\n      tekst: "Lukt het niet? Bel."\n      naar: sociaal-team\n  - id: extra-1\n    soort: zelf\n    leefgebied: geld\n    zwaarte: "1"\n    titel: "Extra"\n    tekst: "Extra."\n    actie:\n      lijst: dagplan\n    keerpunt:\n      tekst: "Lukt het niet? Bel."\n      naar: sociaal-team\n  - id: extra-2\n    soort: zelf\n    leefgebied: geld\n    zwaarte: "1"\n    titel: "Extra"\n    tekst: "Extra."\n    actie:\n      lijst: dagplan\n    keerpunt:\n      tekst: "Lukt het niet? Bel."\n      naar: sociaal-team\n  - id: extra-3\n    soort: zelf\n    leefgebied: geld\n    zwaarte: "1"\n    titel: "Extra"\n    tekst: "Extra."\n    actie:\n      lijst: dagplan\n    keerpunt:\n      tekst: "Lukt het niet? Bel."\n      naar: sociaal-team\n  - id: extra-4\n    soort: zelf\n    leefgebied: geld\n    zwaarte: "1"\n    titel: "Extra"\n    tekst: "Extra."\n    actie:\n      lijst: dagplan\n    keerpunt:\n      tekst: "Lukt het niet? Bel."\n      naar: sociaal-team\n  - id: extra-5\n    soort: zelf\n    leefgebied: geld\n    zwaarte: "1"\n    titel: "Extra"\n    tekst: "Extra."\n    actie:\n      lijst: dagplan\n    keerpunt:\n      tekst: "Lukt het niet? Bel."\n      naar: sociaal-team\n  - id: extra-6\n    soort: zelf\n    leefgebied: geld\n    zwaarte: "1"\n    titel: "Extra"\n    tekst: "Extra."\n    actie:\n      lijst: dagplan\n    keerpunt:\n      tekst: "Lukt het niet? Bel."\n      naar: sociaal-team\n  - id: extra-7\n    soort: zelf\n    leefgebied: geld\n    zwaarte: "1"\n    titel: "Extra"\n    tekst: "Extra."\n    actie:\n      lijst: dagplan\n    keerpunt:\n      tekst: "Lukt het niet? Bel."\n      naar: sociaal-team\n  - id: extra-8\n    soort: zelf\n    leefgebied: geld\n    zwaarte: "1"\n    titel: "Extra"\n    tekst: "Extra."\n    actie:\n      lijst: dagplan\n    keerpunt:\n      tekst: "Lukt het niet? Bel."\n      naar: sociaal-team\n\nvoorbeelden:\n',
            )
        ],
        (),
    ),
]
