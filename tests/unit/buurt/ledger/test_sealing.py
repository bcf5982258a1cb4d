"""Sealed words open with their key, in their place, and nowhere else."""

import pytest
from django.conf import LazySettings
from hypothesis import given
from hypothesis import strategies as st

from buurt.ledger.ids import ALPHABET, check_character, new_public_id, new_short_code, read_short_code
from buurt.ledger.sealing import CannotOpenError, new_sealed_key, rewrap, seal, unseal


@given(st.text(alphabet=st.characters(codec="utf-8")))
def test_seal_opens_to_the_same_text(text: str) -> None:
    key = new_sealed_key()

    assert unseal(key, seal(key, text, place="here"), place="here") == text


def test_seal_does_not_open_elsewhere_or_with_another_key() -> None:
    key, other = new_sealed_key(), new_sealed_key()
    sealed = seal(key, "om negen uur", place="here")

    for wrong_key, wrong_place in ((key, "there"), (other, "here")):
        with pytest.raises(CannotOpenError):
            unseal(wrong_key, sealed, place=wrong_place)


def test_seal_notices_a_changed_byte() -> None:
    key = new_sealed_key()
    sealed = bytearray(seal(key, "om negen uur", place="here"))
    sealed[-1] ^= 1

    with pytest.raises(CannotOpenError):
        unseal(key, bytes(sealed), place="here")


def test_seal_hides_the_words_and_differs_each_time() -> None:
    key = new_sealed_key()
    one, two = seal(key, "geheim", place="here"), seal(key, "geheim", place="here")

    assert b"geheim" not in one
    assert one != two


def test_rewrap_opens_with_the_new_service_key_alone(settings: LazySettings) -> None:
    settings.SEAL_KEYS = ["old"]
    key = new_sealed_key()
    sealed = seal(key, "geheim", place="here")

    settings.SEAL_KEYS = ["new", "old"]
    rewrapped = rewrap(key)
    settings.SEAL_KEYS = ["new"]

    assert unseal(rewrapped, sealed, place="here") == "geheim"
    with pytest.raises(CannotOpenError):
        unseal(key, sealed, place="here")


def test_short_code_is_read_back_as_typed_by_people() -> None:
    code = new_short_code()

    assert read_short_code(f" {code[:4].lower()}-{code[4:]} ") == code


@given(st.integers(0, 7), st.sampled_from(ALPHABET))
def test_short_code_notices_one_wrong_character(place: int, character: str) -> None:
    code = "ABCDEFG" + check_character("ABCDEFG")
    wrong = code[:place] + character + code[place + 1 :]

    assert read_short_code(wrong) == (code if wrong == code else None)


@given(st.integers(0, 5))
def test_short_code_notices_two_swapped_characters(place: int) -> None:
    code = "ABCDEFG" + check_character("ABCDEFG")
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]

    assert read_short_code(swapped) is None


@pytest.mark.parametrize("typed", ["", "ABC", "0OIL1234", "ABCDEFGHIJ", "éééééééé"])
def test_short_code_nonsense_is_none(typed: str) -> None:
    assert read_short_code(typed) is None


def test_public_ids_do_not_repeat() -> None:
    assert len({new_public_id() for _ in range(1000)}) == 1000
