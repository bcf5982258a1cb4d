"""How a community asks its neighbours, and with whom it shares areas, as its manager fills it in."""

from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurt.communities.models import Area
from buurt.communities.tiles import CheckboxTiles, RadioTiles
from matching.models import MatchingRules


class RulesForm(forms.Form):
    """What messages carry, whether asks wait for company, how large a wave is; each with what it does and costs."""

    use_required_attribute = False
    ways = forms.MultipleChoiceField(
        label=gettext_lazy("Wat mag in een bericht?"),
        choices=[
            ("pooling", gettext_lazy("Neem andere vragen mee")),
            ("hold", gettext_lazy("Laat een vraag zonder haast even wachten")),
        ],
        required=False,
        widget=CheckboxTiles(
            hints={
                "pooling": gettext_lazy(
                    "Past de vraag niet, dan misschien een van de vier andere. In onze proef waren zo 24 berichten "
                    "nodig per hulp, anders 31. Wat het kost: elk bericht is wat langer."
                ),
                "hold": gettext_lazy(
                    "Een vraag met een week tijd wacht hooguit een dag, om met een andere mee te gaan. "
                    "Dat spaart nog wat berichten. Wat het kost: het eerste ja kwam in onze proef na 10 uur, "
                    "anders na 5."
                ),
            }
        ),
    )
    program = forms.ChoiceField(
        label=gettext_lazy("Hoeveel buren vragen we in een ronde?"),
        choices=[
            (MatchingRules.Program.PRICED, gettext_lazy("Zoveel als het beste uitkomt")),
            (MatchingRules.Program.THREE, gettext_lazy("Steeds drie")),
        ],
        widget=RadioTiles(
            hints={
                MatchingRules.Program.PRICED: gettext_lazy(
                    "Eén tot acht, per vraag berekend. Het eerste ja komt sneller. Wat het kost: soms een bericht meer."
                ),
                MatchingRules.Program.THREE: gettext_lazy(
                    "Rustig, en makkelijk uit te leggen. Wat het kost: het eerste ja komt later."
                ),
            }
        ),
    )

    @classmethod
    def of(cls, rules: MatchingRules, data: Any = None) -> "RulesForm":
        """Return the form as these rules are, or as somebody wants them."""
        ways = [name for name in ("pooling", "hold") if getattr(rules, name)]
        return cls(data, initial={"ways": ways, "program": rules.program})

    def clean_ways(self) -> list[str]:
        """Refuse a wait for company in a community where messages carry one ask."""
        ways: list[str] = self.cleaned_data["ways"]
        if ways == ["hold"]:
            raise forms.ValidationError(_("Wachten helpt alleen als berichten andere vragen meenemen."))
        return ways

    def wish(self) -> dict[str, Any]:
        """Return what a valid form says, as `set_rules` takes it."""
        ways = self.cleaned_data["ways"]
        return {"pooling": "pooling" in ways, "hold": "hold" in ways, "program": self.cleaned_data["program"]}


class BorderForm(forms.Form):
    """Which area of ours, and which one across the border."""

    use_required_attribute = False
    ours = forms.TypedChoiceField(label=gettext_lazy("Wijk van ons"), coerce=int)
    theirs = forms.TypedChoiceField(label=gettext_lazy("Wijk over de grens"), coerce=int)

    def __init__(self, *args: Any, ours: list[Area], theirs: list[Area], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.areas = {area.pk: area for area in (*ours, *theirs)}
        empty = ("", _("Kies een wijk"))
        by_town = groupby(theirs, key=lambda area: area.community.name)
        towns = [(name, [(area.pk, area.name) for area in areas]) for name, areas in by_town]
        # mypy knows fields, not which kind each of them is.
        self.fields["ours"].choices = [empty, *((area.pk, area.name) for area in ours)]  # type: ignore[attr-defined]
        self.fields["theirs"].choices = [empty, *towns]  # type: ignore[attr-defined]
        self.has_neighbours = bool(theirs)

    def chosen(self) -> tuple[Area, Area]:
        """Return both areas of a valid form."""
        return self.areas[self.cleaned_data["ours"]], self.areas[self.cleaned_data["theirs"]]
