"""Words kept so that only the running application can read them: a key per thing, wrapped by a service key.

AES-256-GCM (NIST SP 800-38D) from `cryptography`. The service keys come from the settings, never from the database.
"""

import base64
import hashlib
import os
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

NONCE_BYTES = 12
# PostgreSQL hands binary columns over as memoryview.
Sealed = bytes | memoryview


class CannotOpenError(Exception):
    """The sealed words do not belong to this key or this place, or were tampered with."""


@lru_cache(maxsize=4)
def _wrapper(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(base64.urlsafe_b64encode(hashlib.sha256(key.encode()).digest())) for key in keys])


@lru_cache(maxsize=4096)
def _unwrap(sealed_key: bytes, keys: tuple[str, ...]) -> AESGCM:
    try:
        return AESGCM(_wrapper(keys).decrypt(sealed_key))
    except InvalidToken as error:
        raise CannotOpenError from error


def new_sealed_key() -> bytes:
    """Return a fresh 256-bit key, wrapped by the service key, to be stored beside what it seals."""
    return _wrapper(tuple(settings.SEAL_KEYS)).encrypt(AESGCM.generate_key(256))


def rewrap(sealed_key: Sealed) -> bytes:
    """Return the same key wrapped by today's first service key (for rotation)."""
    return _wrapper(tuple(settings.SEAL_KEYS)).rotate(bytes(sealed_key))


def seal(sealed_key: Sealed, text: str, *, place: str) -> bytes:
    """Return the text sealed for one place (e.g. a conversation's public id); it opens nowhere else."""
    nonce = os.urandom(NONCE_BYTES)
    cipher = _unwrap(bytes(sealed_key), tuple(settings.SEAL_KEYS))
    return nonce + cipher.encrypt(nonce, text.encode(), place.encode())


def unseal(sealed_key: Sealed, sealed: Sealed, *, place: str) -> str:
    """Return the text sealed for this place; raises CannotOpenError for anything else."""
    sealed = bytes(sealed)
    cipher = _unwrap(bytes(sealed_key), tuple(settings.SEAL_KEYS))
    try:
        return cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], place.encode()).decode()
    except (InvalidTag, ValueError) as error:
        raise CannotOpenError from error


def stamp(sealed_key: Sealed, text: str, *, place: str) -> bytes:
    """Return a stamp that only who holds this key can make: it shows later that the text is the one that was stamped.

    AES-GCM over no words at all, with the text as associated data (GMAC, NIST SP 800-38D section 3).
    """
    nonce = os.urandom(NONCE_BYTES)
    cipher = _unwrap(bytes(sealed_key), tuple(settings.SEAL_KEYS))
    return nonce + cipher.encrypt(nonce, b"", _stamped(text, place))


def is_stamped(sealed_key: Sealed, made: Sealed, text: str, *, place: str) -> bool:
    """Say whether this stamp was made for this text and place under this key."""
    made = bytes(made)
    cipher = _unwrap(bytes(sealed_key), tuple(settings.SEAL_KEYS))
    try:
        cipher.decrypt(made[:NONCE_BYTES], made[NONCE_BYTES:], _stamped(text, place))
    except (InvalidTag, ValueError):
        return False
    return True


def _stamped(text: str, place: str) -> bytes:
    # Never the place of sealed words alone, so that one is not taken for the other.
    return f"stamp\0{place}\0{text}".encode()
