"""Faults in the small wegwijzer, several for each code, as an editor would make them: what is found, and on which line."""

from dataclasses import dataclass
from typing import NamedTuple


class At(NamedTuple):
    """A code, and words that stand on the line it must be found on."""

    code: str
    words: str


@dataclass(frozen=True)
class Seeded:
    """One edit of the small wegwijzer, and everything the checker must say about it."""

    what: str
    old: str
    new: str
    found: tuple[At, ...]


def seed(what: str, old: str, new: str, *found: str) -> Seeded:
    """Return a fault; each of `found` is a code, a space, and words of the line."""
    return Seeded(what, old, new, tuple(At(*each.split(" ", 1)) for each in found))


QUESTION = '  - id: extra\n    vraag: "Extra?"\n    soort: een\n    opties:\n      ja: "Ja"\n      nee: "Nee"\n'
CARD = (
    '  - id: extra\n    soort: professional\n    leefgebied: gezin\n    zwaarte: "1"\n    titel: "Extra"\n'
    '    tekst: "Extra."\n    actie:\n      loket: huisarts\n'
)
TURN = '    keerpunt:\n      tekst: "Lukt het niet? Bel."\n      naar: huisarts\n'
LONG = "een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien zeventien"

LOADING = [
    seed("dubbele sleutel boven", "taal: nl\n", "taal: nl\ntaal: nl\n", "E00 taal: nl\ntitel"),
    seed(
        "dubbele sleutel in antwoord",
        '    tekst: "Loop binnen."\n',
        '    tekst: "Loop."\n    tekst: "Kom."\n',
        "E00 Kom.",
    ),
    seed(
        "dubbele sleutel in actie",
        "      lijst: taken\n",
        "      lijst: taken\n      lijst: taken\n",
        "E00 lijst: taken\n    keerpunt",
    ),
    seed("dubbele optie", '      ja: "Ja"\n', '      ja: "Ja"\n      "ja": "Jawel"\n', "E00 Jawel"),
    seed(
        "dubbele vraag in voorwaarde",
        "{nodig: praten, veilig: ja}",
        "{nodig: praten, nodig: huis}",
        "E00 nodig: praten, nodig",
    ),
    seed("anker", 'omdat: "Dat', 'omdat: &x "Dat', "E00 &x"),
    seed("verwijzing", 'omdat: "Dat is niet veilig."', "omdat: *x", "E00 *x"),
    seed("samenvoegen", "      kort:", "      <<: *opties\n      kort:", "E00 <<"),
    seed("tag", "gevoelig: ja", "gevoelig: !!bool ja", "E00 !!bool"),
    seed("tag die code is", "gevoelig: ja", "gevoelig: !!python/object/apply:os.system [ls]", "E00 python"),
    seed("tab", "    soort: een\n", "\tsoort: een\n", "E00 \tsoort"),
    seed("dubbele punt in de zin", 'tekst: "Loop binnen."', "tekst: Loop: binnen.", "E00 Loop:"),
    seed("aanhalingsteken vergeten", 'vraag: "Ben je veilig?"', 'vraag: "Ben je veilig?', 'E00 vraag: "Ben'),
    seed(
        "haak vergeten",
        'als: {lang: lang}\n    titel: "Vraag',
        'als: {lang: lang\n    titel: "Vraag',
        'E00 titel: "Vraag',
    ),
    seed("tweede document", "vragen:\n", "---\nvragen:\n", "E00 ---"),
    seed("regel met procent", 'wegwijzer: "1"', '%YAML 1.1\n---\nwegwijzer: "1"', "E00 %YAML"),
    seed("onzichtbaar teken", "Loop binnen.", "Loop\u200b binnen.", "E00 Loop"),
    seed("omgekeerd schrift", "Loop binnen.", "Loop \u202ebinnen.", "E00 Loop"),
    seed("stuurteken door een streep", "Loop binnen.", "Loop\\u0007 binnen.", "E00 Loop"),
    seed(
        "te diep",
        '    als: {lang: lang}\n    titel: "Iemand naast',
        "    als: " + "[" * 30 + "]" * 30 + '\n    titel: "Iemand naast',
        "E00 [[[",
    ),
    seed("sleutel is een lijst", "taal: nl", "? [taal]\n: nl", "E00 ? [taal]"),
]

SHAPE = [
    seed("onbekende sleutel boven", "taal: nl", "kleur: rood\ntaal: nl", "E01 kleur"),
    seed("onbekende sleutel in redactie", "  eigenaar:", '  telefoon: "1"\n  eigenaar:', "E01 telefoon"),
    seed(
        "onbekende sleutel in herken", "    zet: {veilig: nee}", "    kleur: rood\n    zet: {veilig: nee}", "E01 kleur"
    ),
    seed("onbekende sleutel in vraag", '    vraag: "Duurt', '    hulp: "x"\n    vraag: "Duurt', 'E01 hulp: "x"'),
    seed("onbekende sleutel in antwoord", "    deel: [nodig]", "    delen: [nodig]", "E01 delen"),
    seed("onbekende sleutel in actie", '      upn: "wmo"', '      upl: "wmo"', "E01 upl"),
    seed(
        "onbekende sleutel in keerpunt",
        "      naar: bel-nu",
        "      naar: bel-nu\n      wanneer: nu",
        "E01 wanneer: nu",
    ),
    seed("onbekende sleutel in zonder_buur", "  omdat:", "  behalve: x\n  omdat:", "E01 behalve"),
    seed("onbekende sleutel in voorbeeld", "    krijgt_niet:", "    krijgt_wel:", "E01 krijgt_wel"),
    seed("hoofdletter in sleutel", "taal: nl", "Taal: nl", "E01 Taal", "E01 wegwijzer"),
    *(
        seed(f"zonder {name}", f"{line}\n", "", "E01 wegwijzer")
        for name, line in [
            ("id", "id: klein"),
            ("versie", 'versie: "2026.1"'),
            ("titel", 'titel: "Hulp thuis"'),
            ("leefgebieden", "leefgebieden: [gezondheid, gezin]"),
            ("gevoelig", "gevoelig: ja"),
        ]
    ),
    seed("vraag zonder soort", "    soort: een\n    als: {nodig: huis}\n", "    als: {nodig: huis}\n", "E01 id: lang"),
    seed("antwoord zonder titel", '    titel: "Je huisarts"\n', "", "E01 id: huisarts"),
    seed("antwoord zonder actie", "    actie:\n      loket: huisarts\n", "", "E01 id: huisarts"),
    seed("antwoord zonder zwaarte", '    zwaarte: "3"\n', "", "E01 id: wmo"),
    seed("hulp zonder voorbeeld", '      voorbeeld: "Wie komt er langs?"\n', "", "E01 hulp: company"),
    seed("link zonder naam", '      naam: "Rijksoverheid"\n', "", "E01 link:"),
    seed("keerpunt zonder doel", "      naar: bel-nu\n", "", 'E01 tekst: "Ben je bang? Bel."', 'E16 tekst: "Ben'),
    seed("zonder_buur zonder omdat", '  omdat: "Dat is niet veilig."\n', "", "E01 als: {veilig: nee}"),
    seed("voorbeeld zonder krijgt", "    krijgt: [bel-nu, buur-stil, huisarts]\n", "", 'E01 naam: "Mo"'),
    seed("andere versie van het formaat", 'wegwijzer: "1"', 'wegwijzer: "2"', 'E01 wegwijzer: "2"'),
    seed("versie met punt", 'wegwijzer: "1"', "wegwijzer: 1.0", "E01 wegwijzer: 1.0"),
    seed("onbekende soort vraag", "    soort: meer", "    soort: veel", "E01 soort: veel"),
    seed("onbekende soort antwoord", "    soort: initiatief", "    soort: familie", "E01 soort: familie"),
    seed(
        "onbekend leefgebied",
        '    leefgebied: gezondheid\n    zwaarte: "3"',
        '    leefgebied: zorg\n    zwaarte: "3"',
        "E01 leefgebied: zorg",
    ),
    seed("onbekend leefgebied boven", "[gezondheid, gezin]", "[gezondheid, zorg]", "E01 leefgebieden"),
    seed("zwaarte nul", 'zwaarte: "3"', 'zwaarte: "0"', 'E01 zwaarte: "0"'),
    seed("zwaarte vijf", 'zwaarte: "4"', 'zwaarte: "5"', 'E01 zwaarte: "5"'),
    seed("gevoelig is true", "gevoelig: ja", "gevoelig: true", "E01 gevoelig: true"),
    seed("vult_aan is waar", "vult_aan: ja", "vult_aan: waar", "E01 vult_aan: waar"),
    seed("stil is yes", "stil: ja", "stil: yes", "E01 stil: yes", "E20 id: buur-stil"),
    seed("taal is een woord", "taal: nl", "taal: Nederlands", "E01 taal: Nederlands"),
    seed("lege titel", 'titel: "Hulp thuis"', 'titel: ""', 'E01 titel: ""'),
    seed("lege optie", 'kort: "Kort"', 'kort: ""', "E01 kort:"),
    seed("tekst van spaties", 'tekst: "Loop binnen."', 'tekst: "   "', 'E01 tekst: "   "'),
    seed("niets achter de sleutel", 'tekst: "Loop binnen."', "tekst:", "E01 tekst:\n"),
    seed("vragen is een kaart", "vragen:\n", "vragen: {}\nvragen_oud:\n", "E01 vragen: {}", "E01 vragen_oud"),
    seed(
        "opties is een lijst",
        '      kort: "Kort"\n      lang: "Lang"\n',
        '      - "Kort"\n      - "Lang"\n',
        'E01 - "Kort"',
        "E04 als: {lang: lang}",
        'E04 als: {lang: lang}\n    titel: "Iemand',
        "E04 lang: lang}\n    krijgt",
    ),
    seed("leefgebieden is tekst", "[gezondheid, gezin]", "gezondheid", "E01 leefgebieden"),
    seed("bron is tekst", '    bron:\n      - "https', '    bron: "https', "E01 bron:"),
    seed("deel is tekst", "deel: [nodig]", "deel: nodig", "E01 deel: nodig"),
    seed("neemt_mee is tekst", "neemt_mee: [veilig]", "neemt_mee: veilig", "E01 neemt_mee"),
    seed(
        "als is tekst",
        '    als: {lang: lang}\n    titel: "Iemand',
        '    als: lang\n    titel: "Iemand',
        "E01 als: lang",
    ),
    seed("als is leeg", "    als: {nodig: [huis, praten]}", "    als: {}", "E01 als: {}"),
    seed("als is een lege lijst", "    als: {nodig: [huis, praten]}", "    als: []", "E01 als: []"),
    seed("lege lijst van opties", "{nodig: [huis, praten]}", "{nodig: []}", "E01 {nodig: []}"),
    seed("niet is leeg", "niet: {veilig: nee}", "niet: {}", "E01 niet: {}"),
    seed("actie is tekst", "    actie:\n      initiatief: buurthuis", "    actie: buurthuis", "E01 actie: buurthuis"),
    seed(
        "keerpunt is tekst",
        '    keerpunt:\n      tekst: "Ben je bang? Bel."\n      naar: bel-nu',
        "    keerpunt: bel-nu",
        "E01 keerpunt: bel-nu",
        "E16 keerpunt: bel-nu",
    ),
    seed("vet", "Loop binnen.", "Loop <b>binnen</b>.", "E01 <b>"),
    seed("script", "Loop binnen.", "<script>alert(1)</script>", "E01 <script>"),
    seed("html-teken", "Loop binnen.", "Loop &nbsp; binnen.", "E01 &nbsp;"),
    seed("html in een optie", 'kort: "Kort"', 'kort: "<i>Kort</i>"', "E01 <i>"),
    seed("vreemde invulplek", "Loop binnen.", "Loop binnen in {{stad}}.", "E01 {{stad}}"),
    seed("halve invulplek", "Loop binnen.", "Loop binnen in {{gemeente.", "E01 {{gemeente"),
    seed("geen datum", 'nagekeken_op: "2026-11-23"', 'nagekeken_op: "23-11-2026"', "E01 nagekeken_op"),
    seed("dag die niet bestaat", 'opnieuw_voor: "2027-05-23"', 'opnieuw_voor: "2027-02-30"', "E01 opnieuw_voor"),
    seed("id met spatie", "id: klein", "id: klein huis", "E01 id: klein huis"),
    seed("id met hoofdletter", "  - id: site", "  - id: Site", "E01 id: Site"),
    seed(
        "alleen bij een enkele keuze",
        "    soort: een\n    als: {nodig: huis}",
        "    soort: een\n    alleen: kort\n    als: {nodig: huis}",
        "E01 alleen: kort",
    ),
    seed(
        "vraag die niet heet",
        "  - id: lang\n",
        "  - id: niet\n",
        "E01 id: niet",
        "E04 als: {lang: lang}",
        'E04 als: {lang: lang}\n    titel: "Iemand',
        "E04 lang: lang}\n    krijgt",
    ),
    seed(
        "bron met javascript",
        "https://wetten.overheid.nl/BWBR0035362/",
        "javascript:alert(1)",
        "E01 javascript",
        "W09 javascript",
    ),
    seed("bron zonder slot", "https://wetten", "http://wetten", "E01 http://wetten"),
    seed(
        "geen voorbeelden",
        "voorbeelden:\n",
        "voorbeelden: []\nvoorbeelden_oud:\n",
        "E01 voorbeelden: []",
        "E01 voorbeelden_oud",
    ),
    seed("tekst van een boek", "Loop binnen.", "Kom. " * 1000, "E01 Kom."),
]
