""" "Vraag mij maar": the form of what a helper wants to be asked for."""

from datetime import date, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from buurt.communities.categories import ADULTS_ONLY, CATEGORY_ICONS, Category
from buurt.communities.models import Community
from buurt.communities.tiles import CheckboxTiles, RadioTiles
from buurt.communities.when import TYPED_DAYS
from buurt.residents.forms.profile import PlainForm
from buurt.residents.models import HelpPreferences, Resident
from buurt.residents.services import ASKS_A_MONTH, WHOLE_TOWN, Wishes
from buurt.residents.week import ALL_TIMES, DAYS, EVENINGS_AND_WEEKEND, PARTS, WEEKDAY_DAYTIME, places_of, times_of
from buurt.residents.words import LIMITS

# Shortcuts beside the week: one press of a plain button fills it.
SHORTCUTS = {"altijd": ALL_TIMES, "doordeweeks": WEEKDAY_DAYTIME, "avond": EVENINGS_AND_WEEKEND}
_DISTANCES = (
    ("1", _("Tot ongeveer 1 km: lopen")),
    ("3", _("Tot ongeveer 3 km")),
    ("6", _("Tot ongeveer 6 km")),
    ("12", _("Tot ongeveer 12 km")),
    (str(WHOLE_TOWN), _("De hele gemeente")),
)


def _times_a_month() -> list[tuple[str, str]]:
    return [(str(n), ngettext("%(n)d keer per maand", "%(n)d keer per maand", n) % {"n": n}) for n in ASKS_A_MONTH]


def kinds_for(resident: Resident, community: Community | None) -> list[tuple[str, Any]]:
    """Return the kinds of help on offer here to this resident."""
    off = set(community.categories_off if community else [])
    if resident.age_band == Resident.AgeBand.YOUNG:
        off |= set(ADULTS_ONLY)
    return [(slug, label) for slug, label in Category.choices if slug not in off]


class PreferencesForm(PlainForm):
    """On or off, what, how far, when, how often, and what rather not."""

    active = forms.BooleanField(label=_("Ja, vraag mij maar"), required=False)
    kinds = forms.MultipleChoiceField(
        label=_("Waarmee wil je helpen?"),
        widget=CheckboxTiles(icons=CATEGORY_ICONS),
        error_messages={"required": _("Kies minstens één soort hulp.")},
    )
    distance_km = forms.ChoiceField(label=_("Hoe ver wil je gaan?"), choices=_DISTANCES, widget=RadioTiles())
    times = forms.MultipleChoiceField(
        label=_("Wanneer kun je?"),
        error_messages={"required": _("Kies minstens één moment in de week.")},
        choices=[(f"{day}-{part}", "") for day in range(len(DAYS)) for part in range(len(PARTS))],
    )
    asks_a_month = forms.ChoiceField(
        label=_("Hoe vaak mogen we je hooguit vragen?"), choices=_times_a_month, widget=forms.Select()
    )
    limits = forms.MultipleChoiceField(
        label=_("Wat liever niet?"), required=False, choices=LIMITS, widget=CheckboxTiles()
    )
    paused_until = forms.DateField(
        label=_("Even rust tot"),
        help_text=_("Tot die dag vragen we je niets. Laat het leeg als je geen pauze wilt."),
        required=False,
        input_formats=TYPED_DAYS,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "b-input--short"}),
        error_messages={"invalid": _("Vul een datum in, zoals 1-12-2026.")},
    )
    quiet_from = forms.TimeField(
        label=_("Geen berichten vanaf"),
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time", "class": "b-input--short"}),
        error_messages={"required": _("Vul een tijd in."), "invalid": _("Vul een tijd in, zoals 21:00.")},
    )
    quiet_until = forms.TimeField(
        label=_("Weer berichten vanaf"),
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time", "class": "b-input--short"}),
        error_messages={"required": _("Vul een tijd in."), "invalid": _("Vul een tijd in, zoals 08:00.")},
    )

    def __init__(self, data: Any = None, *, resident: Resident, preferences: HelpPreferences | None) -> None:
        super().__init__(data, initial=_initial(preferences))
        self.fields["kinds"].choices = kinds_for(resident, resident.community)  # type: ignore[attr-defined]
        # Switched on, there must be something to ask for and a time to do it; switched off, nothing must.
        self.fields["kinds"].required = self.fields["times"].required = not self.is_bound or "active" in self.data

    def clean_paused_until(self) -> date | None:
        """A pause that is over is no pause."""
        day: date | None = self.cleaned_data["paused_until"]
        return day if day and day > timezone.localdate() else None

    def wishes(self) -> Wishes:
        """Return what was filled in, for the service."""
        cleaned = self.cleaned_data
        return Wishes(
            active=cleaned["active"],
            kinds=cleaned["kinds"],
            distance_km=int(cleaned["distance_km"]),
            times=times_of(cleaned["times"]),
            asks_a_month=int(cleaned["asks_a_month"]),
            limits=cleaned["limits"],
            paused_until=cleaned["paused_until"],
            quiet_from=cleaned["quiet_from"],
            quiet_until=cleaned["quiet_until"],
        )

    def week(self) -> list[dict[str, Any]]:
        """Return the week as rows of a table: each day with its three boxes and whether they are ticked."""
        ticked = set(self["times"].value() or [])
        return [
            {
                "name": day,
                "boxes": [
                    {"value": f"{number}-{part}", "label": label, "checked": f"{number}-{part}" in ticked}
                    for part, (_slug, label) in enumerate(PARTS)
                ],
            }
            for number, day in enumerate(DAYS)
        ]


def _initial(found: HelpPreferences | None) -> dict[str, Any]:
    if found is None:
        fresh = HelpPreferences()
        return {
            "active": True,
            "kinds": [],
            "distance_km": str(fresh.distance_km),
            "times": places_of(fresh.times),
            "asks_a_month": str(fresh.asks_a_month),
            "limits": [],
            "quiet_from": time(21),
            "quiet_until": time(8),
        }
    return {
        "active": found.active,
        "kinds": list(found.kinds.values_list("category", flat=True)),
        "distance_km": str(found.distance_km),
        "times": places_of(found.times),
        "asks_a_month": str(found.asks_a_month),
        "limits": found.limits,
        "paused_until": found.paused_until,
        "quiet_from": found.quiet_from,
        "quiet_until": found.quiet_until,
    }
