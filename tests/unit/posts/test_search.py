"""Words find posts by their stems, their beginnings and, where easy, the parts they are glued from."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buurt.communities.categories import Category
from buurt.communities.models import Area
from buurt.residents.models import Resident
from posts import search
from posts.models import Post
from tests.factories.posts import make_post

INDEX = {
    "garden": ("De achtertuin is een oerwoud", "Wie snoeit de takken van mijn appelboom?"),
    "transport": ("Rit naar het ziekenhuis", "Ik moet donderdag om negen uur bij de oogarts zijn. Café na afloop!"),
    "repairs": ("Lampje ophangen", "De keukenkraan lekt ook."),
    "cooking": ("Samen eten", "Een maaltijd per week, 100% vegetarisch en zonder_zout."),
}


@pytest.fixture
def _posts(anna: Resident) -> None:
    for category, (title, text) in INDEX.items():
        post = make_post(author=anna, category=category, title=title, text=text)
        post.search_stems = search.index_text(title=title, text=text, category=category)
        post.save()


@pytest.mark.usefixtures("_posts")
@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("tuin", ["garden"]),  # the tail of a compound
        ("TUINEN", ["garden"]),
        ("takken", ["garden"]),
        ("tak", ["garden"]),
        ("appelbomen", ["garden"]),
        ("ziekenhuizen", ["transport"]),
        ("zieken", ["transport"]),  # the beginning of a word
        ("kraan", ["repairs"]),  # long enough to be looked for inside a word
        ("cafe", ["transport"]),
        ("café", ["transport"]),
        ("lift", ["transport"]),  # the name of the kind of help
        ("rijden", ["transport"]),
        ("oogarts donderdag", ["transport"]),
        ("oogarts maandag", []),
        ("kun je een lift geven naar de oogarts", []),
        ("ik zoek een oogarts", ["transport"]),
        ("krommenie maaltijd", ["cooking"]),  # the area counts too
        ("%", list(INDEX)),  # no word at all: nothing to look for
        ("zonder_zout", ["cooking"]),
        ("xyzzy", []),
    ],
)
def test_words_find_posts(words: str, found: list[str]) -> None:
    rows = Post.objects.filter(search.matching_words(words))

    assert sorted(rows.values_list("category", flat=True)) == sorted(found)


@pytest.mark.usefixtures("_posts")
def test_visitor_finds_kinds_and_areas_but_never_words() -> None:
    def found(words: str) -> list[str]:
        return sorted(Post.objects.filter(search.matching_fields(words)).values_list("category", flat=True))

    assert found("lift") == ["transport"]
    assert found("krommenie") == sorted(INDEX)
    assert found("lift krommenie") == ["transport"]
    assert found("oogarts") == []
    assert found("achtertuin") == []


def test_index_is_bounded() -> None:
    text = " ".join(f"woord{number}" for number in range(5_000))

    assert len(search.index_text(title="", text=text, category="other")) <= search.LONGEST_INDEX + 2


@given(st.text(max_size=300))
def test_any_words_may_be_typed(words: str) -> None:
    stems = search.query_stems(words)

    assert len(stems) <= search.MOST_QUERY_WORDS
    assert all(stem and " " not in stem for stem in stems)


@given(st.text(max_size=60), st.sampled_from(Category.values))
def test_post_is_found_by_its_own_words(text: str, category: str) -> None:
    index = search.index_text(title="", text=text, category=category)

    assert all(f" {stem}" in index for stem in search.query_stems(text))


@pytest.mark.usefixtures("_posts")
def test_area_is_matched_by_name(anna: Resident) -> None:
    elsewhere = Area.objects.get(name="Westzaan")
    post = make_post(author=anna)
    Post.objects.filter(pk=post.pk).update(area=elsewhere)

    assert list(Post.objects.filter(search.matching_words("westzaan"))) == [post]
