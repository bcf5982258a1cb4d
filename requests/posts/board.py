"""What people choose on the board, and rows for visitors that carry nobody's words."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

from django.db.models.query import ModelIterable
from django.http import QueryDict

from buurt.communities.categories import Category
from buurt.communities.places import Band
from buurt.residents.models import Resident
from posts.models import Post
from posts.search import LONGEST_QUERY

Order = Literal["longest", "newest"]

# What the address of the page says for each choice.
_KINDS: dict[str, str] = {"vraag": Post.Kind.ASK, "aanbod": Post.Kind.OFFER}
_BANDS: dict[str, Band] = {"eigen": "own", "dichtbij": "near", "ver": "far"}
_ORDERS: dict[str, Order] = {"wachtend": "longest", "nieuwste": "newest"}


@dataclass(frozen=True)
class BoardFilters:
    """Which part of the board somebody wants to see; empty means all of it."""

    kind: str = ""
    category: str = ""
    area: str = ""
    band: Band | Literal[""] = ""
    words: str = ""
    order: Order = "longest"

    @classmethod
    def from_query(cls, query: QueryDict) -> "BoardFilters":
        """Read ?wat= ?soort= ?buurt= ?afstand= ?zoek= ?volgorde= of an address; nonsense is left out quietly."""
        category = query.get("soort", "")
        return cls(
            kind=_KINDS.get(query.get("wat", ""), ""),
            category=category if category in Category.values else "",
            area=_slug(query.get("buurt", "")),
            band=_BANDS.get(query.get("afstand", ""), ""),
            words=" ".join(query.get("zoek", "").replace("\0", "")[:LONGEST_QUERY].split()),
            order=_ORDERS.get(query.get("volgorde", ""), "longest"),
        )

    def to_query(self, **changes: Any) -> str:
        """Return the part of the address behind "?" for these choices, some of them changed; "" for none."""
        chosen = replace(self, **changes)
        address = QueryDict(mutable=True)
        for name, value in (
            ("wat", _back(_KINDS, chosen.kind)),
            ("soort", chosen.category),
            ("buurt", chosen.area),
            ("afstand", _back(_BANDS, chosen.band)),
            ("zoek", chosen.words),
            ("volgorde", "" if chosen.order == "longest" else _back(_ORDERS, chosen.order)),
        ):
            if value:
                address[name] = value
        return address.urlencode()

    @property
    def is_empty(self) -> bool:
        """Whether nothing is chosen (the order does not count)."""
        return not (self.kind or self.category or self.area or self.band or self.words)


def _slug(typed: str) -> str:
    return typed if len(typed) <= 50 and typed.replace("-", "").replace("_", "").isalnum() else ""


def _back(choices: dict[str, Any], value: str) -> str:
    return next((name for name, each in choices.items() if each == value), "")


# The columns that a visitor's row is read with; words and names never leave the database.
FIELD_MADE = (
    *("id", "public_id", "kind", "category", "visibility", "reach", "timing", "weekday", "duration_minutes"),
    *("deadline", "expires_at", "state", "hidden_at", "published_at", "ended_at", "cell", "author_id"),
    *("community_id", "area__id", "area__name", "area__slug", "area__order", "area__community_id"),
)


def without_words(post: Post) -> Post:
    """Return the post with nobody's words and no name in it; what is asked for later is not fetched either."""
    post.title = post.text = post.search_stems = ""
    post.language, post.spoken, post.needs, post.on_behalf_of = "", [], [], Post.OnBehalf.SELF
    post.author = Resident(pk=post.author_id, public_id="")
    return post


if TYPE_CHECKING:
    _Rows = ModelIterable[Post]
else:
    _Rows = ModelIterable


class VisitorRows(_Rows):
    """Reads rows for visitors: every one of them without words."""

    def __iter__(self) -> Iterator[Post]:
        """Give each post without words."""
        for post in super().__iter__():
            yield without_words(post)
