"""Forms of moderation: a report, and a decision with reasons."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from buurt.moderation.models import Decision, Report

RULES = [
    ("geld", _("Hulp is gratis")),
    ("respect", _("Wees aardig en eerlijk")),
    ("privacy", _("Houd gegevens privé")),
    ("wachtwoord", _("Geld en wachtwoorden blijven van jou")),
    ("veilig", _("Zorg voor veiligheid")),
    ("wet", _("De wet")),
]


class ReportForm(forms.Form):
    """What somebody thinks is wrong."""

    use_required_attribute = False

    reason = forms.ChoiceField(
        label=_("Wat is er aan de hand?"),
        choices=[choice for choice in Report.Reason.choices if choice[0] != Report.Reason.HELD],
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies wat er aan de hand is.")},
    )
    explanation = forms.CharField(
        label=_("Wil je er iets bij vertellen?"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": _("Dit is te lang. Maak het korter dan 2.000 tekens.")},
    )
    email = forms.EmailField(
        label=_("Je e-mailadres, als je wilt horen wat we besluiten"),
        required=False,
        error_messages={"invalid": _("Dit lijkt geen e-mailadres. Kijk het nog eens na.")},
    )

    def __init__(self, *args: Any, logged_in: bool, **kwargs: Any) -> None:
        """Leave the address out for people whose address we know."""
        super().__init__(*args, **kwargs)
        if logged_in:
            del self.fields["email"]


class DecisionForm(forms.Form):
    """A moderator's decision: what, on which house rule, and why in plain words to the author."""

    use_required_attribute = False

    action = forms.ChoiceField(
        label=_("Wat besluit je?"),
        # What one does, where the choices of the model say what was done.
        choices=[
            (Decision.Action.HIDE.value, _("verbergen")),
            (Decision.Action.RESTORE.value, _("terugzetten")),
            (Decision.Action.KEEP.value, _("laten staan")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies wat je besluit.")},
    )
    rule = forms.ChoiceField(label=_("Om welke huisregel gaat het?"), choices=RULES)
    reasons = forms.CharField(
        label=_("Waarom? De schrijver leest dit."),
        help_text=_("Noem wat je zag en waarom het wel of niet kan. Schrijf kort en gewoon, met je."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={
            "required": _("Schrijf waarom. Zonder reden is er geen besluit."),
            "max_length": _("Dit is te lang. Maak het korter dan 2.000 tekens."),
        },
    )

    def __init__(self, *args: Any, held: bool = False, **kwargs: Any) -> None:
        """Offer a choice that ends it: what was held is placed or not placed, never left waiting."""
        super().__init__(*args, **kwargs)
        action = self.fields["action"]
        if held and isinstance(action, forms.ChoiceField):
            action.choices = [
                (Decision.Action.RESTORE.value, _("Zet het op het prikbord")),
                (Decision.Action.HIDE.value, _("Plaats het niet")),
            ]


class UndoForm(forms.Form):
    """Putting something back, with the reason."""

    use_required_attribute = False

    reasons = forms.CharField(
        label=_("Waarom zet je het terug? De schrijver leest dit."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Schrijf waarom. Zonder reden is er geen besluit.")},
    )
