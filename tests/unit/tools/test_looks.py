"""The pairwise choice of pages and dress covers every pair, with few pages."""

from itertools import combinations, product

from tests.browser.looks import LANGUAGES, LOOKS, ROLES, THEMES, WIDTHS, pairs_of_dress


def test_every_pair_of_role_theme_language_and_width_is_looked_at() -> None:
    chosen = [(look.who, dress.theme, dress.language, dress.width) for look, dress in pairs_of_dress()]
    factors = (ROLES, THEMES, LANGUAGES, WIDTHS)

    for one, other in combinations(range(4), 2):
        met = {(row[one], row[other]) for row in chosen}
        assert met == set(product(factors[one], factors[other]))
    assert len(chosen) <= 24


def test_no_page_is_looked_at_twice_the_same_way() -> None:
    assert len({(str(look), str(look.type)) for look in LOOKS}) == len(LOOKS)
