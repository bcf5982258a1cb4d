"""What a seeded fault is."""

from dataclasses import dataclass, field

GELD = "geld-en-post"
UIT_ELKAAR = "uit-elkaar-gaan"
MANTELZORG = "mantelzorg"
ALLEEN = "alleen-voelen"
ZIEKENHUIS = "na-het-ziekenhuis"
KIND = "kind-erbij"
NIEUW = "nieuw-in-de-buurt"
LEREN = "iets-leren"
OVERLEDEN = "iemand-overleden"


@dataclass(frozen=True)
class Fault:
    """An adopted file with edits that make it faulty: the code that must say so, and codes that follow from it."""

    code: str
    what: str
    file: str
    edits: list[tuple[str, str]]
    also: tuple[str, ...] = field(default=())
