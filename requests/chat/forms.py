"""Forms of a conversation: shape and text only; the rules stand in the services."""

from datetime import UTC, date, datetime, time

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buurt.communities.when import TYPED_DAYS
from chat.bodies import MAX_TEXT
from chat.services.agreeing import MAX_NOTE, MAX_PLACE
from chat.services.handover import MAX_HANDOVER
from chat.services.outcome import MAX_THANKS

DURATIONS = (
    (30, _("een half uur")),
    (60, _("een uur")),
    (90, _("anderhalf uur")),
    (120, _("2 uur")),
    (180, _("3 uur")),
    (240, _("een halve dag")),
)


class ProposalForm(forms.Form):
    """When, how long, and a few words beside it."""

    use_required_attribute = False

    day = forms.DateField(
        label=_("Welke dag?"),
        input_formats=TYPED_DAYS,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "b-input--short"}),
        error_messages={"required": _("Kies een dag."), "invalid": _("Deze dag bestaat niet.")},
    )
    at = forms.TimeField(
        label=_("Hoe laat?"),
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time", "class": "b-input--short"}),
        error_messages={"required": _("Kies een tijd."), "invalid": _("Deze tijd bestaat niet.")},
    )
    duration_minutes = forms.TypedChoiceField(
        label=_("Hoe lang ongeveer?"),
        choices=DURATIONS,
        coerce=int,
        initial=60,
        error_messages={"required": _("Kies hoe lang."), "invalid_choice": _("Kies hoe lang.")},
    )
    place = forms.CharField(
        label=_("Waar spreken jullie af?"),
        help_text=_("Bijvoorbeeld: bij mij thuis, of bij de bibliotheek. Alleen jullie twee lezen dit."),
        max_length=MAX_PLACE,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
        error_messages={"max_length": _("Maak dit korter: er passen 120 tekens in.")},
    )
    note = forms.CharField(
        label=_("Wil je er iets bij zeggen?"),
        help_text=_("Bijvoorbeeld: wie wat meeneemt."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
        max_length=MAX_NOTE,
        required=False,
        error_messages={"max_length": _("Maak dit korter: er passen 200 tekens in.")},
    )

    def clean(self) -> dict[str, object]:
        """Refuse the hour that is not there: in the night when the clock goes forward."""
        cleaned: dict[str, object] = super().clean() or self.cleaned_data
        if "day" in cleaned and "at" in cleaned:
            moment = self.moment()
            # There and back by way of the clock of the world: an hour that does not exist comes back as another one.
            if timezone.localtime(moment.astimezone(UTC)).time() != cleaned["at"]:
                self.add_error("at", _("Deze tijd bestaat die nacht niet: de klok gaat dan een uur vooruit."))
        return cleaned

    def moment(self) -> datetime:
        """Return the chosen day and time on Dutch clocks; of an hour that comes twice the first."""
        day: date = self.cleaned_data["day"]
        at: time = self.cleaned_data["at"]
        return timezone.make_aware(datetime.combine(day, at))


class NumberForm(forms.Form):
    """A telephone number, typed here and kept nowhere else."""

    use_required_attribute = False

    number = forms.CharField(
        label=_("Je telefoonnummer"),
        max_length=40,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "class": "b-input--short", "dir": "ltr"}),
        error_messages={"required": _("Schrijf je telefoonnummer.")},
    )
    client_key = forms.UUIDField(required=False, widget=forms.HiddenInput)


class ThanksForm(forms.Form):
    """A few words of thanks."""

    use_required_attribute = False

    text = forms.CharField(
        label=_("Je bedankje"),
        max_length=MAX_THANKS,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        error_messages={
            "required": _("Schrijf een paar woorden."),
            "max_length": _("Maak je bedankje korter: er passen 300 tekens in."),
        },
    )


class HandoverForm(forms.Form):
    """What the next one should know; `seen` is what stood there when the page was opened."""

    use_required_attribute = False

    text = forms.CharField(
        label=_("Wat moet de volgende weten?"),
        help_text=_("Bijvoorbeeld: de sleutel ligt bij de buren, ze eet geen vis."),
        max_length=MAX_HANDOVER,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
        error_messages={"max_length": _("Maak dit korter: er passen 1000 tekens in.")},
    )
    seen = forms.CharField(required=False, max_length=MAX_HANDOVER * 2, widget=forms.HiddenInput)


class MannersForm(forms.Form):
    """What others may see of somebody in conversations."""

    use_required_attribute = False

    shows_reading = forms.BooleanField(
        label=_("Laat zien dat ik iets gelezen heb"),
        help_text=_("Zet je dit uit, dan zie jij het ook niet van anderen."),
        required=False,
    )
    shows_typing = forms.BooleanField(
        label=_("Laat zien dat ik aan het typen ben"),
        help_text=_("Ook dit werkt naar twee kanten."),
        required=False,
    )


class MessageForm(forms.Form):
    """One message; its length is a rule of the service, so that every road says the same."""

    use_required_attribute = False

    text = forms.CharField(required=False, strip=False, max_length=MAX_TEXT * 60)
    client_key = forms.UUIDField(required=False)
