"""Clean text: what goes and what stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posts.wording.clean import clean_text


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("een\r\ntwee\rdrie\u2028vier", "een\ntwee\ndrie\nvier"),
        ("een\n\n\n\n\ntwee", "een\n\ntwee"),
        ("  \n woord  \n", "woord"),
        ("cafe\u0301", "café"),
        ("a\x00b\x07c\u200bd\ufeffe", "abcde"),
        ("\u202eomgekeerd\u202c \u2066x\u2069", "omgekeerd x"),
        ("soft\u00adhyphen", "softhyphen"),
        ("a\u200db", "ab"),
        ("niet\u00a0breken\tmet tab", "niet breken met tab"),
        ("\u3164", ""),
        ("\ud800x", "x"),
        ("z" + "\u0301" * 40, "ź" + "\u0301" * 5),
    ],
)
def test_clean_text(raw: str, clean: str) -> None:
    assert clean_text(raw, limit=1_000) == clean


@pytest.mark.parametrize(
    "text",
    [
        "👨‍👩‍👧 thee ☕️",
        "🏴󠁧󠁢󠁳󠁣󠁴󠁿",
        "👍🏽 🇳🇱",
        "شاي وحديث",
        "می‌خواهم",
        "Çarşamba günü",
        "Добрий день, ґ є ї",
        "你好",
        "हिन्दी",
        "1️⃣",
    ],
)
def test_clean_text_keeps_every_script_and_emoji(text: str) -> None:
    assert clean_text(text, limit=100) == text


def test_clean_text_cuts_at_the_limit_but_not_inside_an_emoji() -> None:
    assert clean_text("abcdef", limit=3) == "abc"
    assert clean_text("ab👨‍👩‍👧", limit=4) == "ab"


@given(st.text(max_size=200), st.integers(min_value=1, max_value=120))
def test_clean_text_again_changes_nothing(raw: str, limit: int) -> None:
    once = clean_text(raw, limit=limit)

    assert clean_text(once, limit=limit) == once
    assert len(once) <= limit


@given(
    st.text(
        alphabet=st.sampled_from("a \n\u0301\u200d\u200c👩\u2764\ufe0f\u0645🏴\U000e0067\u00a0\u1100\u1161\t\r"),
        max_size=40,
    )
)
def test_clean_text_again_changes_nothing_for_tricky_characters(raw: str) -> None:
    once = clean_text(raw, limit=20)

    assert clean_text(once, limit=20) == once
