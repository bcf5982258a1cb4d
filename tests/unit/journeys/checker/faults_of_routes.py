"""Faults that only show on some route (E05-E07, E12, E15, E20)."""

from tests.unit.journeys.checker.faults import ALLEEN, GELD, KIND, LEREN, MANTELZORG, UIT_ELKAAR, ZIEKENHUIS, Fault

ROUTES: list[Fault] = [
    Fault(
        "E05",
        "tegenspraak in de voorwaarde",
        UIT_ELKAAR,
        [("    als: {zorgen: geld}\n    opties", "    als: {fase: denk, niet: {fase: denk}}\n    opties")],
        ("E06", "E10"),
    ),
    Fault(
        "E05",
        "achter een vraag die dan niet komt",
        KIND,
        [("    als: {fase: [zwanger, net, groter]}\n    opties", "    als: {fase: twijfel, werk: loon}\n    opties")],
        ("E06", "E10"),
    ),
    Fault(
        "E05",
        "tegenspraak over twee vragen",
        UIT_ELKAAR,
        [("    als: {zorgen: papieren}\n    opties", "    als: {veilig: ja, niet: {veilig: [ja, nee]}}\n    opties")],
        ("E06",),
    ),
    Fault(
        "E06",
        "tegenspraak in de voorwaarde",
        GELD,
        [("als: {post: [stapel, dicht], niet: {dreigt: spoed}}", "als: {dreigt: spoed, niet: {dreigt: spoed}}")],
        ("E10",),
    ),
    Fault(
        "E06",
        "vult aan wat nooit leeg is",
        MANTELZORG,
        [
            (
                '  - id: steunpunt\n    soort: professional\n    leefgebied: gezin\n    zwaarte: "2"\n',
                '  - id: nooit\n    soort: professional\n    leefgebied: gezin\n    zwaarte: "1"\n    vult_aan: ja\n    titel: "Nooit"\n    tekst: "Dit ziet niemand."\n    actie:\n      loket: huisarts\n  - id: steunpunt\n    soort: professional\n    leefgebied: gezin\n    zwaarte: "2"\n',
            )
        ],
        (),
    ),
    Fault(
        "E06",
        "vraag wordt op die route niet gesteld",
        UIT_ELKAAR,
        [("als: {kinderen: [goed, ruzie]}", "als: {woning: zoek, niet: {veilig: [ja, twijfel, nee]}}")],
        ("E10",),
    ),
    Fault(
        "E06",
        "twee vragen die elkaar uitsluiten",
        LEREN,
        [("als: {wat: diploma, tegen: geld}", "als: {dag: werk, inburgeren: ja}")],
        ("E10",),
    ),
    Fault("E12", "zin ontbreekt", MANTELZORG, [(' Je hoeft niet eerst in de buurt te vragen."', '"')], ()),
    Fault("E12", "zin ontbreekt, ziekenhuis", ZIEKENHUIS, [(' Je hoeft niet eerst in de buurt te vragen."', '"')], ()),
    Fault(
        "E12",
        "meedenker verdwijnt soms",
        MANTELZORG,
        [
            (
                '      - {waarbij: [huis, toezicht]}\n      - {zwaar: te-veel}\n    titel: "Gratis',
                '      - {waarbij: [huis]}\n      - {zwaar: te-veel}\n    titel: "Gratis',
            )
        ],
        (),
    ),
    Fault(
        "E12", "meedenker is een ander loket", ZIEKENHUIS, [("loket: clientondersteuning", "loket: sociaal-team")], ()
    ),
    Fault(
        "E12",
        "deel bij een telefoonnummer",
        GELD,
        [
            (
                '      bel: "0800-8020"\n      kosten: "gratis"\n      open: "op werkdagen overdag, kijk voor de tijden op juridischloket.nl"\n',
                '      bel: "0800-8020"\n      kosten: "gratis"\n      open: "op werkdagen"\n    deel: [dreigt]\n',
            )
        ],
        (),
    ),
    Fault(
        "E12",
        "deel bij een buur",
        GELD,
        [
            (
                "      naar: geldfit\n  - id: buur-computer",
                "      naar: geldfit\n    deel: [post]\n  - id: buur-computer",
            )
        ],
        (),
    ),
    Fault(
        "E15",
        "geen professional voor wie alles op orde heeft",
        GELD,
        [
            (
                '  - id: geldfit\n    soort: professional\n    leefgebied: geld\n    zwaarte: "2"\n',
                '  - id: geldfit\n    soort: professional\n    leefgebied: geld\n    zwaarte: "2"\n    als: {achter: [paar, veel]}\n',
            )
        ],
        ("E10",),
    ),
    Fault(
        "E15",
        "geen zelf",
        GELD,
        [
            (
                '  - id: meer-geld\n    soort: zelf\n    leefgebied: geld\n    zwaarte: "1"\n',
                '  - id: meer-geld\n    soort: zelf\n    leefgebied: geld\n    zwaarte: "1"\n    als: {achter: [paar, veel]}\n',
            )
        ],
        ("E10",),
    ),
    Fault(
        "E15",
        "vult_aan verdwenen waar het nodig was",
        ZIEKENHUIS,
        [
            (
                '    zwaarte: "1"\n    vult_aan: ja\n    titel: "Vragen over je herstel',
                '    zwaarte: "1"\n    als: {klacht: ja}\n    titel: "Vragen over je herstel',
            )
        ],
        ("E10",),
    ),
    Fault(
        "E15",
        "geen buur en geen initiatief buiten zonder_buur",
        KIND,
        [("als: {fase: twijfel, samen: [getrouwd, samen, alleen]}", "als: {fase: twijfel, samen: alleen}")],
        (),
    ),
    Fault("E20", "stil verdwenen", UIT_ELKAAR, [("      stil: ja\n", "")], ()),
    Fault(
        "E20",
        "open vraag ook bij twijfel",
        UIT_ELKAAR,
        [('als: {zorgen: alleen, veilig: ja}\n    titel: "Koffie', 'als: {zorgen: alleen}\n    titel: "Koffie')],
        ("E10",),
    ),
    Fault(
        "E20",
        "wegwijzer zonder eigen zonder_buur",
        UIT_ELKAAR,
        [('als: {zorgen: geld, veilig: ja}\n    titel: "Ook', 'als: {zorgen: geld}\n    titel: "Ook')],
        ("E10",),
    ),
    Fault(
        "E20",
        "zonder_buur breder dan de kaarten",
        KIND,
        [("als: {samen: onveilig}\n  omdat", "als: {samen: [onveilig, alleen]}\n  omdat")],
        (),
    ),
    Fault(
        "E07",
        "wie alles op orde heeft krijgt niets",
        GELD,
        [
            (
                '  - id: meer-geld\n    soort: zelf\n    leefgebied: geld\n    zwaarte: "1"\n',
                '  - id: meer-geld\n    soort: zelf\n    leefgebied: geld\n    zwaarte: "1"\n    als: {dreigt: spoed}\n',
            ),
            (
                '  - id: buur-mee\n    soort: buur\n    leefgebied: contacten\n    zwaarte: "1"\n    vult_aan: ja\n',
                '  - id: buur-mee\n    soort: buur\n    leefgebied: contacten\n    zwaarte: "1"\n    vult_aan: ja\n    als: {dreigt: spoed}\n',
            ),
            (
                '  - id: inloop\n    soort: initiatief\n    leefgebied: contacten\n    zwaarte: "1"\n    vult_aan: ja\n',
                '  - id: inloop\n    soort: initiatief\n    leefgebied: contacten\n    zwaarte: "1"\n    vult_aan: ja\n    als: {dreigt: spoed}\n',
            ),
            (
                '  - id: geldfit\n    soort: professional\n    leefgebied: geld\n    zwaarte: "2"\n',
                '  - id: geldfit\n    soort: professional\n    leefgebied: geld\n    zwaarte: "2"\n    als: {dreigt: spoed}\n',
            ),
        ],
        ("E06", "E10", "E15"),
    ),
    Fault(
        "E07",
        "wie zich soms alleen voelt krijgt niets",
        ALLEEN,
        [
            (
                '  - id: kleine-stap\n    soort: zelf\n    leefgebied: contacten\n    zwaarte: "1"\n',
                '  - id: kleine-stap\n    soort: zelf\n    leefgebied: contacten\n    zwaarte: "1"\n    als: {vaak: altijd}\n',
            ),
            (
                '  - id: buur-bellen\n    soort: buur\n    leefgebied: contacten\n    zwaarte: "1"\n    vult_aan: ja\n',
                '  - id: buur-bellen\n    soort: buur\n    leefgebied: contacten\n    zwaarte: "1"\n    vult_aan: ja\n    als: {vaak: altijd}\n',
            ),
            (
                '  - id: buurthuis\n    soort: initiatief\n    leefgebied: contacten\n    zwaarte: "1"\n    vult_aan: ja\n',
                '  - id: buurthuis\n    soort: initiatief\n    leefgebied: contacten\n    zwaarte: "1"\n    vult_aan: ja\n    als: {drempel: geld}\n',
            ),
            (
                '  - id: luisterlijn\n    soort: professional\n    leefgebied: contacten\n    zwaarte: "2"\n',
                '  - id: luisterlijn\n    soort: professional\n    leefgebied: contacten\n    zwaarte: "2"\n    als: {vaak: altijd}\n',
            ),
        ],
        ("E06", "E10", "E15"),
    ),
    Fault(
        "E07",
        "wie goed zorgt krijgt alleen nood",
        MANTELZORG,
        [
            (
                '  - id: taken-verdelen\n    soort: zelf\n    leefgebied: gezin\n    zwaarte: "1"\n',
                '  - id: taken-verdelen\n    soort: zelf\n    leefgebied: gezin\n    zwaarte: "1"\n    als: {zwaar: te-veel}\n',
            ),
            (
                '  - id: buur-koffie\n    soort: buur\n    leefgebied: contacten\n    zwaarte: "1"\n    vult_aan: ja\n',
                '  - id: buur-koffie\n    soort: buur\n    leefgebied: contacten\n    zwaarte: "1"\n    vult_aan: ja\n    als: {zwaar: te-veel}\n',
            ),
            (
                '  - id: inloop\n    soort: initiatief\n    leefgebied: contacten\n    zwaarte: "1"\n    vult_aan: ja\n',
                '  - id: inloop\n    soort: initiatief\n    leefgebied: contacten\n    zwaarte: "1"\n    vult_aan: ja\n    als: {zwaar: te-veel}\n',
            ),
            (
                '  - id: steunpunt\n    soort: professional\n    leefgebied: gezin\n    zwaarte: "2"\n',
                '  - id: steunpunt\n    soort: professional\n    leefgebied: gezin\n    zwaarte: "2"\n    als: {zwaar: te-veel}\n',
            ),
        ],
        ("E06", "E10", "E15"),
    ),
]
