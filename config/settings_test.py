"""Settings of the tests: the same, with a fast hasher, mail kept in memory and no waiting."""

import os

os.environ.setdefault("BUURT_MODE", "live")
os.environ.setdefault("BUURT_SECRET_KEY", "only-for-tests-only-for-tests-only-for-tests-0123")
os.environ.setdefault("BUURT_SEAL_KEYS", "only-for-tests-seal-key")
os.environ.setdefault("BUURT_HOSTS", "testserver,localhost,127.0.0.1,zaanstad.example")
os.environ.setdefault("BUURT_URL", "http://testserver")
os.environ.setdefault("BUURT_MAIL_FROM", "Buurt <buurt@example.org>")
# Tests run at any hour; those about the night switch it on themselves.
os.environ.setdefault("BUURT_NIGHT_REST", "0")

from config.settings import *  # noqa: F403, TID251 - the one place that builds on the settings module
from config.settings import STORAGES  # noqa: TID251

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = False
SECURE_HSTS_SECONDS = 0
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
LOGGING["root"]["level"] = "WARNING"  # noqa: F405
