"""Form widgets that draw choices as big tiles, with a hint and an icon where a choice needs them."""

from collections.abc import Mapping
from typing import Any

from django import forms


class _Tiles(forms.RadioSelect):
    """What both kinds of tiles share: hints and icons by the value of the choice."""

    def __init__(
        self,
        *,
        hints: Mapping[str, Any] | None = None,
        icons: Mapping[str, str] | None = None,
        attrs: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(attrs)
        self.hints = hints or {}
        self.icons = icons or {}

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Lay tiles with hints out as cards, tiles without as a row of words."""
        context: dict[str, Any] = super().get_context(name, value, attrs)
        context["widget"]["cards"] = bool(self.hints)
        return context

    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Give the tile its hint and icon."""
        option: dict[str, Any] = super().create_option(*args, **kwargs)
        key = str(option["value"])
        return {**option, "hint": self.hints.get(key), "icon": self.icons.get(key)}


class RadioTiles(_Tiles):
    """One of a few: `RadioTiles(hints={"quiet": _("...")}, icons={"quiet": "eye-off"})`."""


class CheckboxTiles(_Tiles, forms.CheckboxSelectMultiple):
    """Any of a few: each tile shows a box, so that "more than one" is plain."""

    allow_multiple_selected = True
    input_type = "checkbox"
    template_name = "django/forms/widgets/checkbox_select.html"
    option_template_name = "django/forms/widgets/checkbox_option.html"
