"""Every address of the site, filled in with real keys: a page that is new is crawled without being told of."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product

from django.urls import URLPattern, URLResolver, get_resolver

_PLACE = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>[^)]*\)")
# Whoever opens this is logged out before the crawl is over.
LEFT_ALONE = ("account/logout",)


def patterns(found: Iterable[URLPattern | URLResolver] | None = None, prefix: str = "") -> Iterator[str]:
    """Give the pattern of every address, as it stands in the URLconf."""
    for one in get_resolver().url_patterns if found is None else found:
        whole = prefix + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from patterns(one.url_patterns, whole)
        else:
            yield whole


def addresses(keys: Mapping[str, Sequence[object]]) -> list[str]:
    """Return every address with these keys in its places; raises KeyError for a place nobody gave a key for.

    A key for "gesprekken/public_id" goes before the one for "public_id" where an address begins with that word.
    """
    paths: dict[str, None] = {}
    for pattern in patterns():
        names = [one or other for one, other in _PLACE.findall(pattern)]
        begins = pattern.partition("/")[0]
        for values in product(*(keys.get(f"{begins}/{name}") or keys[name] for name in names)):
            path = pattern
            for value in values:
                path = _PLACE.sub(str(value), path, count=1)
            paths["/" + re.sub(r"[\^$]|\\Z|\\", "", path)] = None
    return [path for path in paths if not any(word in path for word in LEFT_ALONE)]
