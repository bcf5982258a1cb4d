"""Codes for people: random, without letters that look alike, and with a check character for paper and telephone."""

import secrets

# No 0/O, 1/I/L: read aloud and copied from paper.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_LENGTH = 7


def check_character(body: str) -> str:
    """Return the check character of a code's body: a weighted sum modulo the (prime) alphabet size.

    The alphabet has 31 characters, a prime, so every single wrong character and every swap of two is noticed.
    """
    total = sum((place + 1) * ALPHABET.index(character) for place, character in enumerate(body))
    return ALPHABET[total % len(ALPHABET)]


def new_public_id() -> str:
    """Return a random twelve-character id for addresses of pages (59 bits; not guessable, not countable)."""
    return "".join(secrets.choice(ALPHABET) for _ in range(12))


def new_short_code() -> str:
    """Return a random eight-character code with its check character, for a post on the web and on paper."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
    return body + check_character(body)


def read_short_code(typed: str) -> str | None:
    """Return the code somebody typed, tidied (case, spaces, dashes), or None when the check character says no."""
    tidy = "".join(character for character in typed.upper() if character.isalnum())
    if len(tidy) != CODE_LENGTH + 1 or any(character not in ALPHABET for character in tidy):
        return None
    return tidy if check_character(tidy[:-1]) == tidy[-1] else None
