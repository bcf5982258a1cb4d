"""What residents tell about themselves, where they live, and leaving."""

from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from buurt.communities.access import PostcodeError, community_of_postcode
from buurt.communities.languages import SPOKEN, language_choices
from buurt.communities.tiles import CheckboxTiles, RadioTiles
from buurt.residents.models import Resident
from buurt.residents.words import looks_like_contact, one_line

UNDER_SIXTEEN = "jonger"
WORD_TO_ERASE = "verwijderen"


class PlainForm(forms.Form):
    """The server says what is wrong, next to the field; browsers keep their bubbles to themselves."""

    use_required_attribute = False


class NameField(forms.CharField):
    """A display name: how neighbours call you."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=_("Hoe noemen buren je?"),
            help_text=_("Je voornaam is genoeg. Dit zien buren met wie je contact hebt."),
            max_length=40,
            error_messages={"required": _("Vul een naam in."), "max_length": _("Houd je naam onder de 40 letters.")},
            widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
            **kwargs,
        )

    def clean(self, value: Any) -> str:
        """Tidy it, and keep telephone numbers and addresses out."""
        name = one_line(str(super().clean(value)))
        if sum(character.isalpha() for character in name) < 2:
            raise forms.ValidationError(now_("Vul een naam van minstens twee letters in."))
        if looks_like_contact(name):
            raise forms.ValidationError(now_("Zet hier geen telefoonnummer of mailadres in. Alleen je naam."))
        return name


class PostcodeField(forms.CharField):
    """A postcode that leads to a community; the letters are not kept."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=_("Je postcode"),
            help_text=_("Vier cijfers, zoals 1561. We vragen geen straat en geen huisnummer."),
            max_length=10,
            error_messages={"required": _("Vul je postcode in."), "max_length": _("Vul vier cijfers in.")},
            widget=forms.TextInput(attrs={"autocomplete": "postal-code", "class": "b-input--short"}),
            **kwargs,
        )

    def clean(self, value: Any) -> str:
        """Refuse with the reason: unknown, only post office boxes, or no community there yet."""
        typed = str(super().clean(value))
        try:
            community_of_postcode(typed)
        except PostcodeError as error:
            raise forms.ValidationError(str(error)) from error
        return typed


def languages_field(community_languages: list[str] | None = None) -> forms.MultipleChoiceField:
    """Return the field for languages, the community's own first."""
    first = [code for code in community_languages or [] if code in SPOKEN]
    codes = [*first, *(code for code in SPOKEN if code not in first)]
    return forms.MultipleChoiceField(
        label=_("Welke talen spreek je?"),
        choices=[(code, SPOKEN[code]) for code in codes],
        widget=CheckboxTiles(),
        initial=["nl"],
        error_messages={"required": _("Kies minstens één taal.")},
    )


def _age_field(*, with_young: bool) -> forms.ChoiceField:
    young = [(UNDER_SIXTEEN, _("Jonger dan 16 jaar"))] if with_young else []
    return forms.ChoiceField(
        label=_("Hoe oud ben je?"),
        help_text=_("Voor sommige hulp moet je 18 zijn. Je geboortedatum vragen we niet."),
        choices=[*Resident.AgeBand.choices[::-1], *young],
        widget=RadioTiles(),
        error_messages={"required": _("Kies je leeftijd.")},
    )


class StartForm(PlainForm):
    """Asks only what is missing before the first sending."""

    def __init__(self, data: Any = None, *, missing: list[str], rules_url: str, languages: list[str]) -> None:
        super().__init__(data)
        rules = forms.BooleanField(
            label=_("Ik houd me aan de huisregels"),
            help_text=format_html(now_('Lees eerst de <a href="{}">huisregels</a>. Ze zijn kort.'), rules_url),
            error_messages={"required": _("Lees de huisregels en zet een vinkje.")},
        )
        fields: dict[str, forms.Field] = {
            "display_name": NameField(),
            "postcode": PostcodeField(),
            "languages": languages_field(languages),
            "age_band": _age_field(with_young=True),
            "rules": rules,
        }
        self.fields = {name: field for name, field in fields.items() if name in missing}


class ProfileForm(PlainForm):
    """What neighbours may read."""

    display_name = NameField()
    about = forms.CharField(
        label=_("Over jezelf"),
        help_text=_("Hooguit 200 letters. Bijvoorbeeld wat je graag doet."),
        max_length=200,
        required=False,
        error_messages={"max_length": _("Houd het bij 200 letters; het zijn er nu %(show_value)d.")},
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: Any = None, *, resident: Resident, languages: list[str]) -> None:
        super().__init__(
            data,
            initial={
                "display_name": resident.display_name,
                "about": resident.about,
                "languages": resident.languages or ["nl"],
                "language": (get_language() or "")[:2],
                "age_band": resident.age_band,
            },
        )
        self.fields["languages"] = languages_field(languages)
        self.fields["age_band"] = _age_field(with_young=False)
        choices = language_choices(resident.community)
        if len(choices) > 1:
            self.fields["language"] = forms.ChoiceField(
                label=_("In welke taal lees je deze site?"),
                help_text=_("Onze mails komen ook in deze taal."),
                choices=choices,
                required=False,
            )


class MoveForm(PlainForm):
    """Asks the new postcode."""

    postcode = PostcodeField()


class EraseForm(PlainForm):
    """Asks to type a word, so that nobody leaves by a slip of the finger."""

    word = forms.CharField(
        label=_("Typ het woord verwijderen"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "class": "b-input--short"}),
        error_messages={"required": _("Typ het woord verwijderen om door te gaan.")},
    )

    def clean_word(self) -> str:
        """Take the word in any case."""
        typed: str = self.cleaned_data["word"]
        in_this_language = pgettext("word to type", "verwijderen")
        if typed.strip().lower().strip('"“”.') not in {WORD_TO_ERASE, in_this_language}:
            raise forms.ValidationError(now_("Er staat iets anders. Typ het woord verwijderen."))
        return typed
