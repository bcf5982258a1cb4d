"""Icons exist, forms come out accessible, colours keep their contrast, and pages hold nothing inline."""

import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory

from buurt.communities.categories import CATEGORY_ICONS, Category
from buurt.communities.templatetags import look
from buurt.communities.tiles import CheckboxTiles, RadioTiles

ROOT = Path(settings.BASE_DIR)
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
ICONS = set((ROOT / "assets" / "icons.txt").read_text().split("\n"))


class AskForm(forms.Form):
    """One field of each kind."""

    use_required_attribute = False
    when = forms.ChoiceField(
        label="Wanneer?", choices=[("soon", "Zo snel mogelijk"), ("day", "Op een dag")], widget=RadioTiles()
    )
    seen = forms.ChoiceField(
        label="Wie mag het zien?",
        choices=[("public", "Op het prikbord"), ("quiet", "Stil")],
        widget=RadioTiles(hints={"quiet": "Alleen een paar buren."}, icons={"quiet": "eye-off"}),
    )
    kinds = forms.MultipleChoiceField(
        label="Soort", choices=Category.choices, required=False, widget=CheckboxTiles(icons=CATEGORY_ICONS)
    )
    postcode = forms.CharField(
        label="Postcode", help_text="Vier cijfers.", widget=forms.TextInput(attrs={"class": "b-input--short"})
    )
    category = forms.ChoiceField(label="Soort hulp", choices=Category.choices)
    text = forms.CharField(label="Je vraag", widget=forms.Textarea)
    rules = forms.BooleanField(label="Ik ken de huisregels")


def field(form: forms.Form, name: str) -> str:
    """Draw one field as a page does."""
    return str(render_to_string("components/field.html", {"field": form[name]}))


def test_every_icon_that_pages_name_is_in_the_sprite() -> None:
    named = {name for path in TEMPLATES for name in re.findall(r'{% icon "([\w-]+)"', path.read_text())}
    named |= {name for path in TEMPLATES for name in re.findall(r' icon="([\w-]+)"', path.read_text())}

    assert named | set(CATEGORY_ICONS.values()) <= ICONS


def test_every_category_has_an_icon() -> None:
    assert set(CATEGORY_ICONS) == set(Category.values)


def test_pages_hold_no_inline_style_and_no_inline_script() -> None:
    for path in TEMPLATES:
        if "email" in path.parts:
            continue
        text = path.read_text()
        assert not re.search(
            r"""\sstyle=["']|\son\w+=["']|<style|<script(?![^>]*\s(src=|type="application/json"))""", text
        ), path


def test_icon_is_not_read_aloud_and_escapes_its_name() -> None:
    drawn = look.icon('"><b>', "b-icon--big")

    assert 'aria-hidden="true"' in drawn
    assert 'class="b-icon b-icon--big"' in drawn
    assert "<b>" not in drawn


def test_an_unknown_category_gets_the_icon_of_something_else() -> None:
    assert look.category_icon("nonsense") == look.category_icon("other")


def test_the_street_says_how_many_windows_are_lit() -> None:
    community = SimpleNamespace(slug="zaanstad")

    assert "licht achter 3 ramen" in look.street(community, 3)
    assert "licht achter 1 raam." in look.street(community, 1)
    assert 'aria-hidden="true"' in look.street(community, 0)
    assert look.small_street(None) == look.small_street(SimpleNamespace(slug="buurt"))


def test_a_community_with_its_own_theme_links_its_sheet() -> None:
    assert "/huisstijl/thema/ma/" in look.theme_sheet(SimpleNamespace(theme="ma"))
    own = SimpleNamespace(theme="eigen", slug="zaanstad", theme_version="abc")
    assert "/huisstijl/eigen/zaanstad/abc.css" in look.theme_sheet(own)
    assert look.theme_sheet(SimpleNamespace(theme="weggehaald")) == ""
    assert look.theme_sheet(SimpleNamespace(theme="buurt")) == ""
    assert look.theme_sheet(None) == ""


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Anna", "A"), ("Anna de Vries", "AV"), ("  bilal   yılmaz ", "BY"), ("", "?"), ("( )", "?"), ("Éva", "É")],
)
def test_initials(name: str, letters: str) -> None:
    assert look.initials(name) == letters


@pytest.mark.parametrize(
    ("number", "dialled"),
    [("075 - 000 00 00", "0750000000"), ("+31 (0)75 000", "+3175000"), ("14 075", "14075"), ("", "")],
)
def test_dial(number: str, dialled: str) -> None:
    assert look.dial(number) == dialled


@pytest.mark.parametrize(("count", "shown"), [(0, ""), (-1, ""), (2, "2"), (9, "9"), (10, "9+")])
def test_badge(count: int, shown: str) -> None:
    assert look.badge(count) == shown


def test_bars() -> None:
    assert look.bars(2, 3) == [True, True, False]


def test_a_label_leads_into_its_error() -> None:
    assert look.before_words("Dag") == "Dag:"
    assert look.before_words("Hoe laat?") == "Hoe laat?"


def test_a_field_ties_hint_and_error_to_its_control() -> None:
    drawn = field(AskForm({"postcode": ""}), "postcode")

    assert '<label class="utrecht-form-label" for="id_postcode">' in drawn
    assert 'aria-describedby="id_postcode_helptext id_postcode_error"' in drawn
    assert 'aria-invalid="true"' in drawn
    assert 'id="id_postcode_helptext"' in drawn
    assert 'id="id_postcode_error"' in drawn
    assert drawn.count('class="utrecht-textbox utrecht-textbox--html-input b-input--short"') == 1


def test_a_field_keeps_what_was_typed_and_escapes_it() -> None:
    drawn = field(AskForm({"text": "<script>x</script>"}), "text")

    assert "&lt;script&gt;x&lt;/script&gt;" in drawn
    assert "<script>" not in drawn


def test_choices_are_a_set_with_a_legend_and_its_error() -> None:
    drawn = field(AskForm({}), "when")

    assert '<fieldset class="b-field b-field--set" aria-describedby="id_when_error" id="id_when_set">' in drawn
    assert "<legend" in drawn
    assert drawn.count('type="radio"') == 2


def test_a_tile_shows_its_hint_and_icon_and_which_one_is_chosen() -> None:
    drawn = field(AskForm({"seen": "quiet"}), "seen")

    assert "b-choices--cards" in drawn
    assert "Alleen een paar buren." in drawn
    assert "icons.svg#eye-off" in drawn
    assert re.search(r'value="quiet"[^>]* checked', drawn)
    assert not re.search(r'value="public"[^>]* checked', drawn)


def test_checkbox_tiles_keep_all_that_were_ticked() -> None:
    form = AskForm({"kinds": ["cooking", "pets"]})

    drawn = field(form, "kinds")

    assert len(re.findall(r" checked", drawn)) == 2
    assert drawn.count('type="checkbox"') == len(Category.choices)
    assert "(hoeft niet)" in drawn
    form.is_valid()
    assert form.cleaned_data["kinds"] == ["cooking", "pets"]


def test_one_checkbox_is_a_tile_with_its_words() -> None:
    drawn = field(AskForm(), "rules")

    assert drawn.count("Ik ken de huisregels") == 1
    assert re.search(r'<label class="b-choice"><input type="checkbox" name="rules"', drawn)


def test_the_summary_links_to_every_field_that_went_wrong() -> None:
    drawn = render_to_string("components/error_summary.html", {"form": AskForm({})})

    for target in ("id_when_set", "id_seen_set", "id_postcode", "id_category", "id_text", "id_rules"):
        assert f'href="#{target}"' in drawn
    assert "id_kinds" not in drawn
    assert render_to_string("components/error_summary.html", {"form": AskForm()}).strip() == ""


def test_the_whole_form_draws_itself_without_a_single_required_attribute() -> None:
    drawn = str(AskForm())

    assert " required" not in drawn
    assert drawn.count("<fieldset") == 3


def test_pagination_keeps_the_other_parameters() -> None:
    request = RequestFactory().get("/prikbord", {"soort": "transport", "page": "2"})
    page = Paginator(range(100), 20).page(2)

    drawn = render_to_string("components/pagination.html", {"page": page}, request=request)

    assert "?soort=transport&amp;page=1" in drawn
    assert "?soort=transport&amp;page=3" in drawn
    assert "Bladzijde 2 van 5" in drawn


def test_one_page_needs_no_pagination() -> None:
    drawn = render_to_string("components/pagination.html", {"page": Paginator([1], 20).page(1)})

    assert drawn.strip() == ""


def test_the_timeline_says_its_states_in_words() -> None:
    steps = [{"state": state, "icon": "send", "title": state} for state in ("done", "now", "next")]

    drawn = render_to_string("components/timeline.html", {"steps": steps})

    assert [word in drawn for word in ("Klaar:", "Nu:", "Daarna:")] == [True, True, True]
    assert drawn.count('aria-current="step"') == 1


def test_a_message_cannot_bring_markup_of_its_own() -> None:
    template = Template('{% include "components/bubble.html" with text=text sender=sender at=at only %}')

    drawn = template.render(Context({"text": "<img src=x onerror=alert(1)>", "sender": "B<i>", "at": None}))

    assert "<img" not in drawn
    assert "<i>" not in drawn


WORDS = [
    *(
        (colour, ground)
        for colour in ("ink", "muted")
        for ground in ("paper", "card", "sand", "brand-wash", "sun-tint")
    ),
    *(("ink", ground) for ground in ("sky-tint", "danger-tint", "brand-tint", "morning")),
    *((colour, ground) for colour in ("brand", "brand-dark", "danger", "brick") for ground in ("paper", "card")),
    *((f"on-{ground}", ground) for ground in ("brand", "own", "sun", "brick", "danger")),
    *((f"{colour}", f"{colour}-tint") for colour in ("brand", "brick", "sky", "danger")),
    ("brand-dark", "brand-tint"),
    ("brand-dark", "brand-wash"),
    ("brand", "brand-wash"),
    ("sun-text", "sun-tint"),
    ("on-brand", "brand-dark"),
]
EDGES = [("field", "paper"), ("field", "card"), ("brand", "card"), ("danger", "card"), ("brand", "line")]


def tokens(dark: bool) -> dict[str, str]:
    """Read the colours of one scheme from the style sheet, with references followed."""
    light, _, night = (
        (ROOT / "assets" / "css" / "10-tokens.css").read_text().partition("@media (prefers-color-scheme: dark)")
    )
    found = dict(re.findall(r"--buurt-([\w-]+): ([^;]+);", light))
    if dark:
        found |= dict(re.findall(r"--buurt-([\w-]+): ([^;]+);", night))
    return {name: found[value[12:-1]] if value.startswith("var(") else value for name, value in found.items()}


def contrast(one: str, other: str) -> float:
    """Compute WCAG's contrast of two colours."""

    def light(colour: str) -> float:
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(("colour", "ground"), WORDS)
def test_words_stand_out_from_their_ground(colour: str, ground: str, dark: bool) -> None:
    scheme = tokens(dark)

    assert contrast(scheme[colour], scheme[ground]) >= 4.5


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(("edge", "ground"), EDGES)
def test_edges_that_mean_something_are_seen(edge: str, ground: str, dark: bool) -> None:
    scheme = tokens(dark)

    assert contrast(scheme[edge], scheme[ground]) >= 3


def test_words_that_run_the_other_way_stay_whole() -> None:
    assert look.isolated("075 000 00 00") == "\u2068075 000 00 00\u2069"
    assert look.isolated("") == ""
