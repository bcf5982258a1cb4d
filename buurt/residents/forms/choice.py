"""Choosing a municipality: a button with its name, or a postcode."""

from typing import Any

from django import forms
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from buurt.communities.access import PostcodeError, community_of_postcode
from buurt.communities.models import Community
from buurt.residents.forms.profile import PlainForm


class ChoiceForm(PlainForm):
    """Takes the slug of a pressed button, else the postcode that was typed."""

    postcode = forms.CharField(
        label=_("Je postcode"),
        help_text=_("Vier cijfers, zoals 1561."),
        required=False,
        max_length=10,
        widget=forms.TextInput(attrs={"autocomplete": "postal-code", "class": "b-input--short"}),
    )
    community = forms.SlugField(required=False, widget=forms.HiddenInput())

    def __init__(self, data: Any = None, *, communities: list[Community]) -> None:
        super().__init__(data)
        self._by_slug = {community.slug: community for community in communities}
        self._chosen: Community | None = None

    def clean(self) -> dict[str, Any]:
        """Find the community, or say what is missing."""
        cleaned = self.cleaned_data
        self._chosen = self._by_slug.get(cleaned.get("community", ""))
        if self._chosen is not None or self.errors:
            return cleaned
        if not cleaned.get("postcode"):
            self.add_error("postcode", now_("Kies je gemeente of vul je postcode in."))
            return cleaned
        try:
            self._chosen = community_of_postcode(cleaned["postcode"])[0]
        except PostcodeError as error:
            self.add_error("postcode", str(error))
        return cleaned

    def chosen(self) -> Community:
        """Return what was chosen; only after is_valid()."""
        assert self._chosen is not None  # noqa: S101 - a promise of is_valid(), not of the user
        return self._chosen
