"""What it is about: the own words, and the kind of help."""

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurt.communities.categories import Category
from buurt.communities.models import Community
from posts.models import Post
from posts.wording import clean_text

LONGEST_TEXT = 2000
LONGEST_TITLE = 80


class OwnWordsField(forms.CharField):
    """Somebody's own words: tidied, never cut. What is too long is refused with its length, and stays in the box."""

    def __init__(self, *, longest: int, **options: Any) -> None:
        # Without a maxlength attribute: a browser would silently cut what is pasted.
        super().__init__(strip=False, **options)
        self.longest = longest

    def to_python(self, value: Any) -> str:
        """Return the text as people mean it: one kind of line end, nothing invisible."""
        raw = str(value or "").replace("\r\n", "\n").replace("\x00", "").strip()
        if len(raw) > self.longest:
            raise ValidationError(
                _("Je tekst is te lang: %(count)s tekens. Er passen er %(longest)s."),
                code="too_long",
                params={
                    "count": number_format(len(raw), force_grouping=True),
                    "longest": number_format(self.longest, force_grouping=True),
                },
            )
        return clean_text(raw, limit=self.longest)


def choices_field(field: forms.Field) -> forms.ChoiceField:
    """Return the field as one whose choices can be set."""
    return cast(forms.ChoiceField, field)


def category_choices(community: Community | None, kept: str = "") -> list[tuple[str, Any]]:
    """Return the kinds of help this community has switched on, and the one a post already has."""
    off = set(community.categories_off) if community else set()
    return [(slug, label) for slug, label in Category.choices if slug not in off or slug == kept]


class WordsForm(forms.Form):
    """The first screen: own words, and a kind of help if somebody wants to choose it."""

    use_required_attribute = False

    text = OwnWordsField(
        longest=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
        error_messages={"required": gettext_lazy("Schrijf in een paar woorden waar het om gaat.")},
    )
    category = forms.ChoiceField(
        label=gettext_lazy("Wat voor hulp is het?"),
        required=False,
        error_messages={"invalid_choice": gettext_lazy("Deze soort hulp kennen we niet. Kies er een uit de lijst.")},
    )

    def __init__(self, *args: Any, kind: str, community: Community | None, **options: Any) -> None:
        super().__init__(*args, **options)
        asks = kind == Post.Kind.ASK
        text = self.fields["text"]
        text.label = _("Waar kun je hulp bij gebruiken?") if asks else _("Waar kun je bij helpen?")
        text.help_text = _("Noem geen adres of telefoonnummer. Die deel je later zelf, met wie je wilt.")
        text.widget.attrs["placeholder"] = (
            _("Bijvoorbeeld: kan iemand mij dinsdag naar de huisarts rijden?")
            if asks
            else _("Bijvoorbeeld: ik kook op donderdag graag een portie extra.")
        )
        choices_field(self.fields["category"]).choices = [
            ("", _("Dat mogen jullie bepalen")),
            *category_choices(community),
        ]


class TitleForm(forms.Form):
    """Another title than the one we made from the first words."""

    use_required_attribute = False

    title = OwnWordsField(
        longest=LONGEST_TITLE,
        label=gettext_lazy("Titel"),
        widget=forms.TextInput(attrs={"dir": "auto"}),
        error_messages={"required": gettext_lazy("Schrijf een korte titel.")},
    )

    def clean_title(self) -> str:
        """Keep the title on one line."""
        return " ".join(str(self.cleaned_data["title"]).split())
