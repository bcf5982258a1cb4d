"""Which colours meet on a page, and whether they can be told apart: WCAG 2.2, 1.4.3 for words, 1.4.11 for edges."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurt.communities.themes.colours import contrast, until
from buurt.communities.themes.tokens import Theme, ThemeError, read_theme

WORDS, EDGES = 4.5, 3.0
SURFACES = ("paper", "card", "sand", "brand-tint", "brand-wash", "sun-tint", "sky-tint", "danger-tint", "brick-tint")
# Which colour of words stands on which surfaces.
ON_SURFACES: dict[str, tuple[str, ...]] = {
    "ink": SURFACES,
    "muted": ("paper", "card", "sand", "brand-wash", "sun-tint"),
    "brand": ("paper", "card", "brand-wash"),
    "brand-dark": ("paper", "card", "brand-tint", "brand-wash", "sun-tint"),
    "sun-text": ("sun-tint",),
    "brick": ("card", "brick-tint"),
    "sky": ("card", "sky-tint"),
    "danger": ("paper", "card", "danger-tint"),
    "on-brand": ("brand", "brand-dark"),
    "on-own": ("own",),
    "on-sun": ("sun",),
    "on-brick": ("brick",),
    "on-danger": ("danger",),
}
# Edges and icons: the border of a field, what is chosen, the outline of what has the focus.
EDGES_ON: dict[str, tuple[str, ...]] = {
    "field": ("paper", "card"),
    "brand": ("brand-tint",),
    "focus": SURFACES,
}
LABELS = {
    "ink": gettext_lazy("de tekst"),
    "muted": gettext_lazy("de grijze tekst"),
    "brand": gettext_lazy("de huiskleur"),
    "brand-dark": gettext_lazy("de donkere huiskleur"),
    "brand-tint": gettext_lazy("de lichte tint"),
    "brand-wash": gettext_lazy("de lichtste tint"),
    "on-brand": gettext_lazy("de tekst op een knop"),
    "own": gettext_lazy("je eigen bericht"),
    "on-own": gettext_lazy("de tekst op je eigen bericht"),
    "sun": gettext_lazy("de kleur van nu"),
    "sun-tint": gettext_lazy("de lichte kleur van nu"),
    "sun-text": gettext_lazy("de tekst bij nu"),
    "on-sun": gettext_lazy("de tekst op de kleur van nu"),
    "brick": gettext_lazy("de kleur van een vraag"),
    "brick-tint": gettext_lazy("de lichte kleur van een vraag"),
    "on-brick": gettext_lazy("de tekst op de kleur van een vraag"),
    "sky": gettext_lazy("de kleur van een professional"),
    "sky-tint": gettext_lazy("de lichte kleur van een professional"),
    "danger": gettext_lazy("de kleur van gevaar"),
    "danger-tint": gettext_lazy("de lichte kleur van gevaar"),
    "on-danger": gettext_lazy("de tekst op de kleur van gevaar"),
    "paper": gettext_lazy("het papier"),
    "card": gettext_lazy("de kaart"),
    "sand": gettext_lazy("het zand"),
    "field": gettext_lazy("de rand van een veld"),
    "focus": gettext_lazy("de rand van waar je bent"),
}


@dataclass(frozen=True)
class Pair:
    """Two colours that meet in one scheme, how far apart they are and how far they must be."""

    scheme: str
    front: str
    ground: str
    front_colour: str
    ground_colour: str
    needed: float

    @property
    def ratio(self) -> float:
        """Return the contrast, 1 to 21."""
        return contrast(self.front_colour, self.ground_colour)

    @property
    def is_enough(self) -> bool:
        """Say whether people can tell the two apart."""
        return self.ratio >= self.needed

    def sentence(self, better: str) -> str:
        """Return what is wrong, in words, with a colour that would do."""
        facts = {
            "front": LABELS[self.front],
            "ground": LABELS[self.ground],
            "front_name": self.front,
            "ground_name": self.ground,
            "ratio": f"{int(self.ratio * 10) / 10:.1f}",
            "needed": f"{self.needed:.1f}",
            "better": better,
        }
        words = _(
            "%(front)s (%(front_name)s) op %(ground)s (%(ground_name)s) haalt %(ratio)s, nodig is %(needed)s. "
            "Dit kan wel: %(better)s."
        )
        if self.scheme == "dark":
            words = _(
                "In het donker: %(front)s (%(front_name)s) op %(ground)s (%(ground_name)s) haalt %(ratio)s, "
                "nodig is %(needed)s. Dit kan wel: %(better)s."
            )
        return words % facts


def pairs_of(theme: Theme) -> list[Pair]:
    """Return every pair of colours that meet on our pages, in both schemes."""
    return [
        Pair(scheme, front, ground, colours[front], colours[ground], needed)
        for scheme, colours in theme.schemes.items()
        for needed, table in ((WORDS, ON_SURFACES), (EDGES, EDGES_ON))
        for front, grounds in table.items()
        for ground in grounds
    ]


def problems_of(theme: Theme) -> list[str]:
    """Return one sentence for each pair that cannot be read, with a colour that would; nothing for a good theme."""
    pairs = pairs_of(theme)
    sentences = []
    for pair in pairs:
        if not pair.is_enough:
            # A colour that is good everywhere it is used, not only here.
            met = [other for other in pairs if (other.scheme, other.front) == (pair.scheme, pair.front)]
            grounds = (pair.ground_colour, *(other.ground_colour for other in met))
            sentences.append(pair.sentence(until(pair.front_colour, grounds, max(other.needed for other in met))))
    return sentences


def read_fit_theme(text: str, *, name: str = "") -> Theme:
    """Return the theme in a file; raises ThemeError when it is no theme or when people could not read it."""
    theme = read_theme(text, name=name)
    if problems := problems_of(theme):
        raise ThemeError(problems)
    return theme
