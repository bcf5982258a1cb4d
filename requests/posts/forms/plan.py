"""When, where, for whom, how many, and who may see it."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurt.communities.borders import shares_any
from buurt.communities.languages import SPOKEN
from buurt.communities.models import Community
from buurt.communities.tiles import CheckboxTiles, RadioTiles
from buurt.communities.when import TYPED_DAYS, spoken_duration
from buurt.residents.week import DAYS
from posts.drafts import PostDraft
from posts.forms.words import category_choices, choices_field
from posts.models import Post
from posts.needs import NEEDS

DURATIONS = (30, 60, 90, 120, 180, 240)
MOST_PLACES = 10
# A weekly ask is spread over so many people, unless the asker chooses otherwise.
CIRCLE = 3
FURTHEST = timedelta(days=366)
# The form's fields that go into a draft as they are.
PLAN_FIELDS = (
    "timing",
    "day",
    "at",
    "weekday",
    "duration_minutes",
    "on_behalf_of",
    "places",
    "visibility",
    "reach",
    "spoken",
    "needs",
    "broker_consent",
)


class PlanForm(forms.Form):
    """The second screen: everything a neighbour must know to say yes."""

    use_required_attribute = False

    category = forms.ChoiceField(label=gettext_lazy("Wat voor hulp is het?"))
    timing = forms.ChoiceField(
        label=gettext_lazy("Wanneer?"),
        choices=Post.Timing.choices,
        widget=RadioTiles(),
    )
    # The day belongs to "Op een dag", the weekday to "Elke week": `clean` forgets what does not count.
    day = forms.DateField(
        label=gettext_lazy("Dag"),
        input_formats=TYPED_DAYS,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={
            "required": gettext_lazy("Kies op welke dag."),
            "invalid": gettext_lazy("Schrijf de dag zo: 26-11-2026."),
        },
    )
    at = forms.TimeField(
        label=gettext_lazy("Hoe laat ongeveer?"),
        required=False,
        input_formats=["%H:%M", "%H.%M", "%H:%M:%S", "%H"],
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        error_messages={"invalid": gettext_lazy("Schrijf de tijd zo: 9:30.")},
    )
    weekday = forms.TypedChoiceField(label=gettext_lazy("Welke dag van de week?"), coerce=int)
    duration_minutes = forms.TypedChoiceField(
        label=gettext_lazy("Hoe lang duurt het?"),
        required=False,
        coerce=int,
        empty_value=None,
    )
    on_behalf_of = forms.ChoiceField(
        label=gettext_lazy("Voor wie is het?"), choices=Post.OnBehalf.choices, widget=RadioTiles()
    )
    places = forms.TypedChoiceField(coerce=int)
    # Of a weekly ask, instead of `places`: so many neighbours take turns.
    circle = forms.TypedChoiceField(
        label=gettext_lazy("Hoeveel buren wisselen elkaar af?"),
        required=False,
        coerce=int,
        help_text=gettext_lazy("Alleen bij “Elke week”. Met drie of vier komt het niet op één iemand neer."),
    )
    visibility = forms.ChoiceField(label=gettext_lazy("Wie mag het zien?"))
    reach = forms.ChoiceField(label=gettext_lazy("Tot waar mogen we vragen?"), widget=RadioTiles())
    spoken = forms.MultipleChoiceField(
        label=gettext_lazy("In welke taal kun je praten?"),
        required=False,
        widget=CheckboxTiles(),
        help_text=gettext_lazy("Kies niets als de taal niet uitmaakt."),
    )
    needs = forms.MultipleChoiceField(
        label=gettext_lazy("Wat moet een helper vooraf weten?"),
        required=False,
        choices=NEEDS,
        widget=CheckboxTiles(),
        help_text=gettext_lazy("We vragen dan alleen buren voor wie dat geen bezwaar is."),
    )
    broker_consent = forms.BooleanField(
        label=gettext_lazy("Vinden we niemand? Dan mag het buurtteam met me meedenken."), required=False
    )

    def __init__(
        self, *args: Any, kind: str, community: Community | None, kept: PostDraft | None = None, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.kind = kind
        self.kept = kept
        for field in self.fields.values():
            if isinstance(field, forms.ChoiceField):
                field.error_messages |= {"required": _("Kies er een."), "invalid_choice": _("Kies iets uit de lijst.")}
        self._offer_categories(community, kept.category if kept else "")
        self._offer_moments()
        self._offer_people(community)
        if community:
            self.fields["broker_consent"].label = _("Vinden we niemand? Dan mag %(team)s met me meedenken.") % {
                "team": community.team_name
            }
        if kind == Post.Kind.OFFER:
            for name in ("on_behalf_of", "broker_consent", "needs", "circle"):
                del self.fields[name]

    def _offer_categories(self, community: Community | None, kept: str) -> None:
        unknown = _("Deze soort hulp kennen we niet. Kies er een uit de lijst.")
        self.fields["category"].error_messages["invalid_choice"] = unknown
        choices_field(self.fields["category"]).choices = category_choices(community, kept)

    def _offer_moments(self) -> None:
        self.fields["timing"].error_messages["required"] = _("Kies een moment.")
        self.fields["weekday"].error_messages["required"] = _("Kies welke dag van de week.")
        if self.kind == Post.Kind.OFFER:
            self.fields["timing"].label = _("Wanneer kun je?")
            choices_field(self.fields["timing"]).choices = [
                (slug, label) for slug, label in Post.Timing.choices if slug != Post.Timing.SOON
            ]
        today = timezone.localdate()
        self.fields["day"].help_text = _("Alleen bij “Op een dag”.")
        self.fields["day"].widget.attrs |= {"min": today.isoformat(), "max": (today + FURTHEST).isoformat()}
        self.fields["at"].help_text = _("Bijvoorbeeld 9:30.")
        self.fields["weekday"].help_text = _("Alleen bij “Elke week”.")
        choices_field(self.fields["weekday"]).choices = [("", _("Kies een dag")), *enumerate(DAYS)]
        choices_field(self.fields["duration_minutes"]).choices = [
            ("", _("Dat weet ik niet")),
            *((minutes, spoken_duration(minutes)) for minutes in DURATIONS),
        ]

    def _offer_people(self, community: Community | None) -> None:
        asks = self.kind == Post.Kind.ASK
        places = self.fields["places"]
        places.label = _("Hoeveel buren heb je nodig?") if asks else _("Voor hoeveel buren is er plek?")
        counts = [(count, str(count)) for count in range(1, MOST_PLACES + 1)]
        choices_field(places).choices = counts
        choices_field(self.fields["circle"]).choices = counts
        visibility = choices_field(self.fields["visibility"])
        visibility.widget = RadioTiles(hints=_visibility_hints(asks=asks), icons=VISIBILITY_ICONS)
        visibility.choices = [
            (Post.Visibility.PUBLIC, Post.Visibility.PUBLIC.label),
            (Post.Visibility.QUIET, Post.Visibility.QUIET.label),
        ]
        name = community.name if community else ""
        if community and shares_any(community):
            over = _("En net over de grens, als jouw wijk met een buurgemeente deelt.")
            choices_field(self.fields["reach"]).widget = RadioTiles(hints={Post.Reach.TOWN: over})
        choices_field(self.fields["reach"]).choices = [
            (Post.Reach.AREA, Post.Reach.AREA.label),
            (Post.Reach.TOWN, _("Heel %(town)s") % {"town": name} if name else Post.Reach.TOWN.label),
        ]
        codes = dict.fromkeys([*(community.languages if community else []), *SPOKEN])
        choices_field(self.fields["spoken"]).choices = [(code, SPOKEN[code]) for code in codes if code in SPOKEN]

    def clean_day(self) -> date:
        """Refuse a day that is over, or further away than a year; not one that a post already had."""
        day: date = self.cleaned_data["day"]
        if self.kept and day == self.kept.day:
            return day
        today = timezone.localdate()
        if day < today:
            raise ValidationError(_("Die dag is al voorbij. Kies vandaag of een dag daarna."), code="past")
        if day > today + FURTHEST:
            raise ValidationError(_("Dat is meer dan een jaar weg. Kies een eerdere dag."), code="far")
        return day

    def clean(self) -> dict[str, Any]:
        """Forget what does not belong to the chosen moment, and refuse an hour of today that is over."""
        cleaned = super().clean() or self.cleaned_data
        timing = cleaned.get("timing")
        if timing != Post.Timing.DAY:
            self._forget(cleaned, "day", "at")
        if timing != Post.Timing.WEEKLY:
            self._forget(cleaned, "weekday")
            self.errors.pop("circle", None)
        elif "circle" in self.fields:
            self._take_turns(cleaned)
        self._refuse_past_hour(cleaned)
        return cleaned

    def _take_turns(self, cleaned: dict[str, Any]) -> None:
        """Let the number who take turns be the number of places; what the hidden field says does not count."""
        self.errors.pop("places", None)
        cleaned["places"] = cleaned.get("circle") or CIRCLE

    def _forget(self, cleaned: dict[str, Any], *names: str) -> None:
        for name in names:
            cleaned[name] = None
            self.errors.pop(name, None)

    def _refuse_past_hour(self, cleaned: dict[str, Any]) -> None:
        now = timezone.localtime()
        day, at = cleaned.get("day"), cleaned.get("at")
        if day == now.date() and at is not None and at < now.time():
            self.add_error("at", _("Die tijd is al voorbij. Kies een latere tijd."))

    def changes(self) -> dict[str, Any]:
        """Return the fields of the draft as they were filled in."""
        changes = {name: self.cleaned_data[name] for name in PLAN_FIELDS if name in self.cleaned_data}
        changes["category"] = self.cleaned_data["category"]
        for several in {"spoken", "needs"} & set(changes):
            changes[several] = tuple(changes[several])
        return changes


VISIBILITY_ICONS = {"public": "layout-list", "quiet": "eye-off"}


def _visibility_hints(*, asks: bool) -> dict[str, str]:
    if asks:
        return {
            "public": _("Buren zien soort hulp, je wijk en je tekst. Niet je adres."),
            "quiet": _("Alleen de paar buren die wij vragen. Het staat nergens anders."),
        }
    return {
        "public": _("Buren zien wat je doet, je wijk en je tekst. Niet je adres."),
        "quiet": _("Het staat niet op het prikbord."),
    }


def plan_initial(draft: PostDraft) -> dict[str, Any]:
    """Return what the form starts with: the draft as it is now."""
    initial = {name: getattr(draft, name) for name in PLAN_FIELDS}
    circle = draft.places if draft.timing == Post.Timing.WEEKLY else CIRCLE
    several = {"spoken": list(draft.spoken), "needs": list(draft.needs)}
    return {**initial, **several, "category": draft.category, "circle": circle}
