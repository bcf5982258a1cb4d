"""A small wegwijzer without a fault, in which nearly everything of the format occurs once; and what it points at."""

from datetime import date

from journeys.checker.check import check_file
from journeys.checker.library import Library, collect
from journeys.fileformat.loader import load_journey
from journeys.fileformat.text import Finding

TODAY = date(2026, 11, 25)
SMALL = """\
wegwijzer: "1"
id: klein
versie: "2026.1"
taal: nl
titel: "Hulp thuis"
intro: |
  Er verandert iets. Kijk wat past.
leefgebieden: [gezondheid, gezin]
gevoelig: ja
zonder_buur:
  als: {veilig: nee}
  omdat: "Dat is niet veilig."
redactie:
  eigenaar: "kernredactie"
  nagekeken_door: "nog niemand"
  nagekeken_op: "2026-11-23"
  opnieuw_voor: "2027-05-23"
herken:
  - zin: "Ik ben bang thuis."
    zet: {veilig: nee}
    van: "denktank"
vragen:
  - id: veilig
    vraag: "Ben je veilig?"
    soort: een
    opties:
      ja: "Ja"
      nee: "Nee"
  - id: nodig
    vraag: "Wat heb je nodig?"
    uitleg: "Je mag meer kiezen."
    soort: meer
    alleen: niets
    opties:
      huis: "Hulp in huis"
      praten: "Praten"
      niets: "Geen van deze"
  - id: lang
    vraag: "Duurt het lang?"
    soort: een
    als: {nodig: huis}
    opties:
      kort: "Kort"
      lang: "Lang"
antwoorden:
  - id: bel-nu
    soort: nood
    leefgebied: gezin
    zwaarte: "4"
    als: {veilig: nee}
    titel: "Bel nu"
    tekst: "Er is altijd iemand."
    actie:
      bel: "0800-2000"
      kosten: "gratis"
      open: "dag en nacht"
  - id: rooster
    soort: zelf
    leefgebied: gezin
    zwaarte: "1"
    titel: "Maak een rooster"
    tekst: "Wie komt wanneer?"
    actie:
      lijst: taken
    keerpunt:
      tekst: "Lukt het niet? Bel."
      naar: huisarts
  - id: verder
    soort: zelf
    leefgebied: gezin
    zwaarte: "1"
    als: {nodig: praten, veilig: ja}
    titel: "Meer over geld"
    tekst: "Kijk ook daar."
    actie:
      wegwijzer: geld
      neemt_mee: [veilig]
    keerpunt:
      tekst: "Lukt het niet? Bel."
      naar: huisarts
  - id: buur-helpt
    soort: buur
    leefgebied: gezin
    zwaarte: "1"
    als:
      - {veilig: ja, nodig: huis}
      - {nodig: praten, niet: {veilig: nee}}
    titel: "Een buur"
    tekst: "Iemand komt langs."
    actie:
      hulp: company
      voorbeeld: "Wie komt er langs?"
    keerpunt:
      tekst: "Lukt het niet? Bel."
      naar: huisarts
  - id: buur-stil
    soort: buur
    leefgebied: gezin
    zwaarte: "1"
    als: {veilig: nee}
    titel: "Iemand die meegaat"
    tekst: "Niemand anders leest dit."
    actie:
      hulp: company
      voorbeeld: "Wie gaat er mee?"
      stil: ja
    keerpunt:
      tekst: "Ben je bang? Bel."
      naar: bel-nu
  - id: buurthuis
    soort: initiatief
    leefgebied: gezin
    zwaarte: "1"
    vult_aan: ja
    titel: "Het buurthuis"
    tekst: "Loop binnen."
    actie:
      initiatief: buurthuis
    keerpunt:
      tekst: "Lukt het niet? Bel."
      naar: huisarts
  - id: wmo
    soort: professional
    leefgebied: gezondheid
    zwaarte: "3"
    als: {lang: lang}
    titel: "Vraag de gemeente"
    tekst: "Doe een melding. Je hoeft niet eerst in de buurt te vragen."
    actie:
      loket: wmo-loket
      upn: "wmo"
    deel: [nodig]
    bron:
      - "https://wetten.overheid.nl/BWBR0035362/"
  - id: meedenker
    soort: professional
    leefgebied: gezondheid
    zwaarte: "2"
    als: {lang: lang}
    titel: "Iemand naast je"
    tekst: "Dat kost niets."
    actie:
      loket: clientondersteuning
  - id: site
    soort: professional
    leefgebied: gezondheid
    zwaarte: "1"
    als: {nodig: [huis, praten]}
    titel: "Lees meer"
    tekst: "Alles op een rij."
    actie:
      link: "https://www.rijksoverheid.nl"
      naam: "Rijksoverheid"
  - id: huisarts
    soort: professional
    leefgebied: gezondheid
    zwaarte: "1"
    titel: "Je huisarts"
    tekst: "Bel de praktijk."
    actie:
      loket: huisarts
voorbeelden:
  - naam: "Els"
    kiest: {veilig: ja, nodig: [huis], lang: lang}
    krijgt: [rooster, buur-helpt, buurthuis, wmo, meedenker, huisarts]
    krijgt_niet: [bel-nu]
  - naam: "Mo"
    kiest: {veilig: nee, nodig: [niets]}
    krijgt: [bel-nu, buur-stil, huisarts]
"""
_OTHER = SMALL.replace("id: klein", "id: geld", 1)
# The same without zonder_buur, whose cards are then open to everybody.
_OPEN = _OTHER.replace("id: geld", "id: open", 1).replace(
    'zonder_buur:\n  als: {veilig: nee}\n  omdat: "Dat is niet veilig."\n', ""
)
_LISTS = collect([]).lists


def library() -> Library:
    """Return what the small wegwijzer points at: two others, and a list `taken`."""
    journeys = {"geld": load_journey(_OTHER), "open": load_journey(_OPEN)}
    return Library(journeys, {"taken": _LISTS["taken-verdelen"]})


LIBRARY = library()


def findings(source: str | bytes) -> list[Finding]:
    """Return what the checker says about a file."""
    return check_file(source, library=LIBRARY, today=TODAY)
