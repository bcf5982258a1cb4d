"""The key pair with which this installation signs its messages (VAPID, RFC 8292)."""

import base64
from functools import lru_cache

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings


def encode(raw: bytes) -> str:
    """Return bytes as the web writes them: base64url without padding."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def decode(text: str) -> bytes:
    """Return the bytes of base64url text, with or without padding; ValueError for anything else."""
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)


def new_private_key() -> str:
    """Make a private key for BUURT_PUSH_KEY: a number of 32 bytes on the curve P-256."""
    number = ec.generate_private_key(ec.SECP256R1()).private_numbers().private_value
    return encode(number.to_bytes(32, "big"))


@lru_cache(maxsize=4)
def _public_key(private: str) -> str:
    key = ec.derive_private_key(int.from_bytes(decode(private), "big"), ec.SECP256R1())
    return encode(key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))


def public_key() -> str:
    """Return the public key a browser subscribes with, or "" where this installation has no key and so no push."""
    return _public_key(settings.PUSH_KEY) if settings.PUSH_KEY else ""
