"""The search box of the board and the choices under it. It only shows what BoardFilters read from the address."""

from urllib.parse import parse_qsl

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurt.communities.models import Area
from posts.board import BoardFilters
from posts.forms.words import choices_field

OWN_FIELDS = ("zoek", "buurt", "afstand")


class BoardForm(forms.Form):
    """Search, area and distance; the tab, the kind of help and the order travel along unseen."""

    use_required_attribute = False

    zoek = forms.CharField(
        label=gettext_lazy("Zoek"),
        widget=forms.TextInput(attrs={"type": "search", "dir": "auto", "autocomplete": "off"}),
    )
    buurt = forms.ChoiceField(label=gettext_lazy("Wijk"))
    afstand = forms.ChoiceField(label=gettext_lazy("Hoe ver"))

    def __init__(self, *, filters: BoardFilters, areas: list[Area], with_distance: bool) -> None:
        chosen = self._chosen = dict(_pairs(filters))
        super().__init__(initial={name: chosen.get(name, "") for name in OWN_FIELDS}, auto_id="kies_%s")
        self.fields["zoek"].widget.attrs["placeholder"] = _("Zoek op een woord")
        choices_field(self.fields["buurt"]).choices = [
            ("", _("Alle wijken")),
            *((area.slug, area.name) for area in areas),
        ]
        choices_field(self.fields["afstand"]).choices = [
            ("", _("Maakt niet uit")),
            ("eigen", _("In mijn postcodegebied")),
            ("dichtbij", _("Tot ongeveer 3 km")),
            ("ver", _("Verder weg")),
        ]
        if not with_distance:
            del self.fields["afstand"]

    def kept(self) -> list[tuple[str, str]]:
        """Return the choices that are made elsewhere on the page."""
        return [(name, value) for name, value in self._chosen.items() if name not in OWN_FIELDS]


def _pairs(filters: BoardFilters) -> list[tuple[str, str]]:
    return parse_qsl(filters.to_query())
