"""Faults of the small wegwijzer that only show on some route, and in its words (E05-E07, E13, E15, E20, W)."""

from tests.unit.journeys.checker.faults_small import CARD, LONG, QUESTION, seed

ROUTES = [
    seed(
        "vraag die niemand krijgt",
        "als: {nodig: huis}\n    opties",
        "als: {veilig: ja, niet: {veilig: ja}}\n    opties",
        "E05 id: lang",
        "E06 id: wmo",
        "E06 id: meedenker",
        "E10 lang: lang}\n    krijgt",
        "E10 krijgt: [rooster",
        "E10 krijgt: [rooster",
    ),
    seed(
        "antwoord dat niemand krijgt", "als: {nodig: [huis, praten]}", "als: {lang: kort, nodig: niets}", "E06 id: site"
    ),
    seed(
        "antwoord met een tegenspraak",
        "als: {nodig: [huis, praten]}",
        "als: {veilig: ja, niet: {veilig: ja}}",
        "E06 id: site",
    ),
    seed(
        "vult aan wat er altijd is",
        '    zwaarte: "1"\n    als: {nodig: [huis, praten]}',
        '    zwaarte: "1"\n    vult_aan: ja',
        "E06 id: site",
    ),
    seed(
        "geen zelf",
        '    titel: "Maak een rooster"',
        '    als: {nodig: huis}\n    titel: "Maak een rooster"',
        "E15 id: veilig",
    ),
    seed(
        "geen professional",
        '    titel: "Je huisarts"',
        '    als: {nodig: huis}\n    titel: "Je huisarts"',
        "E10 krijgt: [bel-nu, buur",
        "E15 id: veilig",
    ),
    seed(
        "geen buur of initiatief",
        "    vult_aan: ja\n",
        "    als: {veilig: nee}\n",
        "E10 krijgt: [rooster",
        "E15 id: veilig",
    ),
    seed(
        "vult_aan met een voorwaarde",
        "    vult_aan: ja\n",
        "    vult_aan: ja\n    als: {nodig: huis}\n",
        "E15 id: veilig",
    ),
    seed(
        "vraag die niets verandert",
        "antwoorden:\n",
        QUESTION + "antwoorden:\n",
        "E13 id: extra",
        'E10 naam: "Els"',
        'E10 naam: "Mo"',
    ),
    seed(
        "vraag die alleen een ander stuurt",
        "antwoorden:\n",
        QUESTION
        + QUESTION.replace("extra", "extra-2").replace("    opties", "    als: {extra: ja}\n    opties")
        + "antwoorden:\n",
        "E13 id: extra\n",
        "E13 id: extra-2",
        'E10 naam: "Els"',
        'E10 naam: "Mo"',
    ),
    seed(
        "antwoord op elke optie",
        'als: {lang: lang}\n    titel: "Vraag',
        'als: {lang: [kort, lang]}\n    titel: "Vraag',
        "E12 id: wmo",
    ),
    seed("open vraag waar dat niet mag", "      stil: ja\n", "", "E20 id: buur-stil"),
    seed("open vraag met stil nee", "stil: ja", "stil: nee", "E20 id: buur-stil"),
    seed("kaart vergeet veilig", "{veilig: ja, nodig: huis}", "{nodig: huis}", "E20 id: buur-helpt"),
    seed(
        "aanbod waar dat niet mag",
        '      hulp: company\n      voorbeeld: "Wie gaat er mee?"\n      stil: ja',
        '      aanbod: company\n      voorbeeld: "Ik ga mee."',
        "E20 id: buur-stil",
    ),
    seed(
        "zone wordt groter",
        "zonder_buur:\n  als: {veilig: nee}",
        "zonder_buur:\n  als: {veilig: [ja, nee]}",
        "E20 id: buur-helpt",
    ),
    seed("wegwijzer zonder zone", "      wegwijzer: geld\n", "      wegwijzer: open\n"),
    seed(
        "wegwijzer zonder zone waar dat niet mag",
        'als: {nodig: praten, veilig: ja}\n    titel: "Meer over geld"\n    tekst: "Kijk ook daar."\n    actie:\n      wegwijzer: geld',
        'als: {nodig: praten}\n    titel: "Meer over geld"\n    tekst: "Kijk ook daar."\n    actie:\n      wegwijzer: open',
        "E20 id: verder",
    ),
    seed("optie zonder verschil", '      lang: "Lang"\n', '      lang: "Lang"\n      half: "Half"\n', "W05 kort:"),
    seed(
        "optie van meer zonder gevolg",
        '      praten: "Praten"\n',
        '      praten: "Praten"\n      eten: "Eten"\n',
        "W05 eten:",
    ),
    seed(
        "dertien kaarten",
        "voorbeelden:\n",
        "".join(CARD.replace("extra", f"extra-{n}") for n in range(5)) + "voorbeelden:\n",
        "W08 id: bel-nu",
    ),
    seed(
        "acht vragen",
        "antwoorden:\n",
        "".join(QUESTION.replace("extra", f"e-{n}") for n in range(5)) + "antwoorden:\n",
        "W07 id: e-4",
        *(f"E13 id: e-{n}" for n in range(5)),
        *['E10 naam: "Els"'] * 5,
        *['E10 naam: "Mo"'] * 5,
    ),
]

WORDS = [
    seed("lange zin", "Loop binnen.", f"{LONG} achttien negentien twintig eenentwintig.", "W01 achttien"),
    seed(
        "lange zin in een vraag", "Duurt het lang?", f"{LONG} achttien negentien twintig eenentwintig?", "W01 achttien"
    ),
    seed(
        "lange zin in een optie",
        'kort: "Kort"',
        f'kort: "{LONG} achttien negentien twintig eenentwintig"',
        "W01 achttien",
    ),
    seed(
        "lange zin in omdat", "Dat is niet veilig.", f"{LONG} achttien negentien twintig eenentwintig.", "W01 achttien"
    ),
    seed("twintig woorden mag", "Loop binnen.", f"{LONG} achttien negentien twintig."),
    seed("jargon", "Loop binnen.", "Vraag een indicatie.", "W02 indicatie"),
    seed("recht op", "Loop binnen.", "Je hebt recht op hulp.", "W02 recht op"),
    seed("verzekerd", "Loop binnen.", "Je bent verzekerd.", "W02 verzekerd"),
    seed("klantreis", "Loop binnen.", "Dit is een klantreis.", "W02 klantreis"),
    seed("jargon in een keerpunt", "Ben je bang? Bel.", "Is er een intake? Bel.", "W02 intake"),
    seed("jargon in een voorbeeld voor de buur", "Wie komt er langs?", "Wie is mijn hulpverlener?", "W02 hulpverlener"),
    seed("te lang niet nagekeken", 'opnieuw_voor: "2027-05-23"', 'opnieuw_voor: "2026-11-24"', "W03 opnieuw_voor"),
    seed("vandaag nakijken is op tijd", 'opnieuw_voor: "2027-05-23"', 'opnieuw_voor: "2026-11-25"'),
    seed("bron van een krant", "https://wetten.overheid.nl/BWBR0035362/", "https://www.krant.nl/zorg", "W09 krant.nl"),
    seed(
        "bron die officieel lijkt", "https://wetten.overheid.nl/", "https://wetten.overheid.nl.boos.nl/", "W09 boos.nl"
    ),
    seed("termijn zonder bron", "Dat kost niets.", "Doe het binnen zes weken.", "W10 zes weken"),
    seed("bedrag zonder bron", "Dat kost niets.", "Dat kost € 25.", "W10 € 25"),
    seed("bedrag in woorden zonder bron", "Dat kost niets.", "Dat kost twintig euro.", "W10 twintig euro"),
    seed("termijn met bron mag", "Doe een melding.", "Doe een melding binnen zes weken."),
]
