"""Faults that stand on one line: loading, words, references (E00-E04, E08, E09)."""

from tests.unit.journeys.checker.faults import ALLEEN, GELD, KIND, MANTELZORG, UIT_ELKAAR, ZIEKENHUIS, Fault

SHAPE: list[Fault] = [
    Fault("E00", "dubbele sleutel", GELD, [("taal: nl", "taal: nl\ntaal: en")], ()),
    Fault(
        "E00",
        "dubbele optie",
        GELD,
        [('      half: "Ongeveer"', '      half: "Ongeveer"\n      half: "Zo ongeveer"')],
        (),
    ),
    Fault(
        "E00", "anker", GELD, [('titel: "Geldzorgen of een berg post"', 'titel: &a "Geldzorgen of een berg post"')], ()
    ),
    Fault("E00", "verwijzing", GELD, [('titel: "Geldzorgen of een berg post"', "titel: *a")], ()),
    Fault("E00", "tag", GELD, [("gevoelig: ja", "gevoelig: !!bool ja")], ()),
    Fault(
        "E00",
        "open aanhalingsteken",
        GELD,
        [('vraag: "Hoe gaat het met je post?"', 'vraag: "Hoe gaat het met je post?')],
        (),
    ),
    Fault(
        "E00",
        "dubbele punt in tekst zonder aanhalingstekens",
        GELD,
        [('vraag: "Hoe gaat het met je post?"', "vraag: Hoe gaat het: met je post?")],
        (),
    ),
    Fault("E00", "tab als inspringing", GELD, [("    soort: een", "\tsoort: een")], ()),
    Fault("E00", "tweede document", GELD, [("taal: nl", "taal: nl\n---\nnog: een")], ()),
    Fault("E00", "onzichtbaar teken", GELD, [("Je bent niet de enige.", "Je bent niet \u202ede enige.")], ()),
    Fault("E01", "onbekende sleutel", GELD, [("taal: nl", "taal: nl\nkleur: rood")], ()),
    Fault("E01", "sleutel ontbreekt", GELD, [('versie: "2026.3"\n', "")], ()),
    Fault("E01", "onbekende soort antwoord", GELD, [("    soort: initiatief", "    soort: vriend")], ()),
    Fault("E01", "onbekend leefgebied", GELD, [("    leefgebied: dagelijks", "    leefgebied: politiek")], ()),
    Fault("E01", "onbekende zwaarte", GELD, [('    zwaarte: "4"', '    zwaarte: "5"')], ()),
    Fault("E01", "onbekende versie van het formaat", GELD, [('wegwijzer: "1"', 'wegwijzer: "2"')], ()),
    Fault("E01", "geen datum", GELD, [('nagekeken_op: "2026-11-23"', 'nagekeken_op: "vorige week"')], ()),
    Fault("E01", "HTML", GELD, [("Je bent niet de enige.", "Je bent <b>niet</b> de enige.")], ()),
    Fault("E01", "gevoelig is geen ja of nee", GELD, [("gevoelig: ja", "gevoelig: misschien")], ()),
    Fault("E01", "bron zonder https", GELD, [('- "https://geldfit.nl"', '- "javascript:alert(1)"')], ("W09",)),
    Fault("E01", "lege voorwaarde", GELD, [("    als: {post: [stapel, dicht]}", "    als: {}")], ()),
    Fault("E01", "onbekende invulplek", MANTELZORG, [("{{gemeente}}", "{{naam}}")], ()),
    Fault("E01", "id met hoofdletter", GELD, [("  - id: bieb", "  - id: Bieb")], ("E10",)),
    Fault("E02", "twee vragen met een id", GELD, [("  - id: achter\n", "  - id: post\n")], ("E04",)),
    Fault("E02", "twee antwoorden met een id", GELD, [("  - id: eten\n", "  - id: bieb\n")], ()),
    Fault(
        "E02", "vraag dubbel in deel", GELD, [("deel: [overzicht, post, achter]", "deel: [overzicht, post, post]")], ()
    ),
    Fault(
        "E02",
        "optie dubbel in een voorwaarde",
        GELD,
        [("als: {overzicht: [half, nee]}", "als: {overzicht: [half, half]}")],
        (),
    ),
    Fault("E03", "vraag kijkt vooruit", UIT_ELKAAR, [("    als: {zorgen: wonen}", "    als: {dreigt: nee}")], ()),
    Fault("E03", "vraag kijkt naar zichzelf", UIT_ELKAAR, [("    als: {zorgen: geld}", "    als: {dreigt: nee}")], ()),
    Fault(
        "E03",
        "vraag kijkt vooruit met niet",
        UIT_ELKAAR,
        [("    als: {zorgen: papieren}\n    opties", "    als: {zorgen: papieren, niet: {formulier: ja}}\n    opties")],
        (),
    ),
    Fault(
        "E03",
        "in een lijst van voorwaarden",
        KIND,
        [("    als: {fase: [zwanger, net]}\n    opties", "    als: [{fase: zwanger}, {nodig: eten}]\n    opties")],
        (),
    ),
    Fault("E04", "optie bestaat niet", GELD, [("als: {dreigt: spoed}", "als: {dreigt: spoedig}")], ()),
    Fault("E04", "vraag bestaat niet", GELD, [("als: {achter: paar}", "als: {schuld: paar}")], ()),
    Fault("E04", "herken zet een optie die er niet is", GELD, [("zet: {post: dicht}", "zet: {post: dichter}")], ()),
    Fault("E04", "herken zet een vraag die er niet is", GELD, [("zet: {overzicht: nee}", "zet: {inzicht: nee}")], ()),
    Fault(
        "E04",
        "voorbeeld kiest een optie die er niet is",
        GELD,
        [("kiest: {dreigt: nee,", "kiest: {dreigt: nooit,")],
        (),
    ),
    Fault(
        "E04",
        "twee opties van een enkele keuze",
        GELD,
        [("zet: {dreigt: spoed}", "zet: {dreigt: [spoed, beslag]}")],
        (),
    ),
    Fault("E04", "geen van deze met nog iets", GELD, [("speelt: [niets]", "speelt: [niets, werk]")], ()),
    Fault("E04", "deel noemt een vraag die er niet is", GELD, [("deel: [dreigt]", "deel: [dreiging]")], ()),
    Fault(
        "E04", "niet over een optie die er niet is", GELD, [("niet: {dreigt: spoed}", "niet: {dreigt: spoedig}")], ()
    ),
    Fault(
        "E04",
        "zonder_buur over een optie die er niet is",
        UIT_ELKAAR,
        [("als: {veilig: [twijfel, nee]}\n  omdat", "als: {veilig: [twijfel, nooit]}\n  omdat")],
        (),
    ),
    Fault("E08", "niet over een meerkeuzevraag", GELD, [("niet: {dreigt: spoed}", "niet: {speelt: werk}")], ()),
    Fault(
        "E08",
        "niet over meerkeuze in zonder_buur",
        UIT_ELKAAR,
        [("als: {veilig: [twijfel, nee]}\n  omdat", "als: {veilig: [twijfel, nee], niet: {zorgen: geld}}\n  omdat")],
        (),
    ),
    Fault(
        "E08",
        "niet over meerkeuze bij een vraag",
        UIT_ELKAAR,
        [("    als: {zorgen: wonen}\n", "    als: {fase: denk, niet: {zorgen: niets}}\n")],
        (),
    ),
    Fault(
        "E08",
        "niet over meerkeuze in een lijst",
        ZIEKENHUIS,
        [("      - {lukt-niet: huis}\n", "      - {lang: kort, niet: {lukt-niet: huis}}\n")],
        (),
    ),
    Fault(
        "E09",
        "buur met een loket",
        GELD,
        [
            (
                '      hulp: company\n      voorbeeld: "Wie kan er deze week met mij mee naar een gesprek?"',
                "      loket: huisarts",
            )
        ],
        (),
    ),
    Fault("E09", "categorie bestaat niet", GELD, [("hulp: admin", "hulp: geld")], ()),
    Fault("E09", "initiatief bestaat niet", GELD, [("initiatief: voedselbank", "initiatief: supermarkt")], ()),
    Fault("E09", "loket bestaat niet", GELD, [("loket: inkomen", "loket: bank")], ()),
    Fault("E09", "aanbod in een categorie die niet bestaat", ALLEEN, [("aanbod: company", "aanbod: voorlezen")], ()),
    Fault("E09", "twee hoofdsleutels", GELD, [("      loket: uwv", "      loket: uwv\n      lijst: huishoudboek")], ()),
    Fault("E09", "geen hoofdsleutel", GELD, [("      lijst: drie-stapels", '      naam: "drie stapels"')], ("E01",)),
    Fault(
        "E09", "link zonder https", UIT_ELKAAR, [('link: "https://veiligthuis.nl"', 'link: "javascript:alert(1)"')], ()
    ),
    Fault(
        "E09",
        "professional die hulp van een buur is",
        GELD,
        [("      loket: toeslagen", '      hulp: admin\n      voorbeeld: "Wie helpt?"')],
        (),
    ),
]
