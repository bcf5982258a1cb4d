"""The gentle guard beside a text: it points, and never blocks."""

from typing import Any

from buurt.communities.categories import Category
from buurt.communities.models import Community
from posts.wording import danger, look_over, suggest_category

# Words that are still being typed are read this far.
LONGEST_PEEK = 4_000


def advice_on(text: str) -> list[str]:
    """Return what the writer may want to change, each advice once; words of danger have a page part of their own."""
    said = dict.fromkeys(str(finding.message) for finding in look_over(text) if finding.code != "danger")
    return list(said)


def guess_category(text: str, community: Community | None) -> str | None:
    """Return the kind of help the text seems to be about, if this community has it."""
    guess = suggest_category(text)
    return None if guess is None or (community and guess in community.categories_off) else guess


def peek_at(text: str, community: Community | None) -> dict[str, Any]:
    """Return what to say beside a text that is still being typed; nothing of it is kept."""
    text = text[:LONGEST_PEEK]
    guess = guess_category(text, community)
    return {"guess": Category(guess) if guess else None, "advice": advice_on(text), "danger": danger(text)}
