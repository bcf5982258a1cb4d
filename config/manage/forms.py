"""What a community manager fills in."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurt.communities.models import HouseStyle
from buurt.communities.themes.contrast import read_fit_theme
from buurt.communities.themes.logo import clean_logo
from buurt.communities.themes.shelf import BUURT, OWN, all_shelved
from buurt.communities.themes.tokens import MOST_BYTES, ThemeError
from buurt.communities.tiles import RadioTiles


class HouseStyleForm(forms.Form):
    """Theme, logo and name of a platform."""

    use_required_attribute = False
    theme = forms.ChoiceField(label=gettext_lazy("Welke huisstijl?"), widget=RadioTiles)
    theme_file = forms.FileField(
        label=gettext_lazy("Eigen huisstijl"),
        help_text=gettext_lazy("Een bestand met kleuren: van Buurt, of van NL Design System (tokens.json)."),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".json,application/json"}),
    )
    logo = forms.FileField(
        label=gettext_lazy("Logo"),
        help_text=gettext_lazy("PNG of SVG, hooguit 100 kB. Het staat naast de naam, 40 px hoog."),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".png,.svg,image/png,image/svg+xml"}),
    )
    drop_logo = forms.BooleanField(label=gettext_lazy("Haal het logo weg"), required=False)
    site_name = forms.CharField(
        label=gettext_lazy("Naam van het platform"),
        help_text=gettext_lazy("Laat leeg voor Buurt."),
        max_length=30,
        required=False,
    )
    formal = forms.BooleanField(
        label=gettext_lazy("Spreek mensen aan met “u”"),
        help_text=gettext_lazy("Zonder vinkje zijn we informeel. De wegwijzers zijn dat altijd."),
        required=False,
    )

    def __init__(self, *args: Any, style: HouseStyle | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(BUURT, _("Buurt"))] + [(each.key, each.theme.name) for each in all_shelved()]
        if style is not None and style.sheet:
            choices.append((OWN, _("Eigen: %(name)s") % {"name": style.name}))
        self.fields["theme"].choices = choices  # type: ignore[attr-defined]

    def clean_theme_file(self) -> str:
        """Return the text of a theme that everybody can read ("" without a file), or refuse it with what is wrong."""
        data = _bytes_of(self.cleaned_data["theme_file"])
        if data is None:
            return ""
        try:
            text = data.decode()
            read_fit_theme(text)
        except ThemeError as error:
            raise forms.ValidationError(error.problems) from error
        except UnicodeDecodeError as error:
            raise forms.ValidationError(_("Dit bestand is geen tekst.")) from error
        return text

    def clean_logo(self) -> bytes:
        """Return the bytes of a picture that can be shown (none without a file), or refuse it."""
        data = _bytes_of(self.cleaned_data["logo"])
        if data is None:
            return b""
        try:
            clean_logo(data)
        except ThemeError as error:
            raise forms.ValidationError(error.problems) from error
        return data


def _bytes_of(upload: Any) -> bytes | None:
    """Read an upload no further than one byte more than is allowed: enough to know that it is too much."""
    return bytes(upload.read(MOST_BYTES + 1)) if upload is not None else None
