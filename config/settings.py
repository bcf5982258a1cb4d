"""All settings, safe by default and read from the environment; docs/operations.md lists the variables."""

import secrets
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from config.env import env_bool, env_list, env_text
from config.parts import PAGE_POLICY, PUSH_SERVICES_OF_BROWSERS, cache, database, logging_at, origin_of

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env_text("BUURT_VAR", str(BASE_DIR / "var")))

# Without a word we are the demo: it answers on this machine only and refuses a public host (config/checks.py).
BUURT_MODE = env_text("BUURT_MODE", "demo")
if BUURT_MODE not in {"demo", "live"}:
    msg = f"BUURT_MODE is {BUURT_MODE!r}; write demo or live."
    raise ImproperlyConfigured(msg)
IS_DEMO = BUURT_MODE == "demo"
DEBUG = env_bool("BUURT_DEBUG")


def _kept_secret(name: str, file_name: str, *, size: int = 48) -> str:
    """Return the secret from the environment; the demo makes one once and keeps it in var/."""
    given = env_text(name)
    if given:
        return given
    if not IS_DEMO:
        msg = f'{name} is missing. Make one with: python -c "import secrets; print(secrets.token_urlsafe(48))"'
        raise ImproperlyConfigured(msg)
    path = VAR_DIR / file_name
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(size))
    return path.read_text().strip()


SECRET_KEY = _kept_secret("BUURT_SECRET_KEY", "secret_key")
# The service keys that wrap each conversation's own key; the first one wraps, all of them unwrap.
SEAL_KEYS = _kept_secret("BUURT_SEAL_KEYS", "seal_key").split(",")

ALLOWED_HOSTS = env_list("BUURT_HOSTS", "localhost,127.0.0.1,[::1]" if IS_DEMO else "")
CSRF_TRUSTED_ORIGINS = env_list("BUURT_ORIGINS")
# The one address that links in mails start with; passkeys bind to its host.
PUBLIC_URL = env_text("BUURT_URL", f"http://localhost:{env_text('PORT', '8000')}" if IS_DEMO else "")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "channels",
    "django_htmx",
    "template_partials",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "buurt.ledger",
    "buurt.communities",
    "buurt.organisations",
    "buurt.residents",
    "buurt.moderation",
    "posts",
    "chat",
    "journeys",
    "matching",
    "notifications",
    "config",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "buurt.residents.middleware.ResidentsCommunityMiddleware",
    "buurt.residents.middleware.LanguageMiddleware",
    "buurt.residents.middleware.SecondFactorMiddleware",
]

ROOT_URLCONF = "config.urls"
ASGI_APPLICATION = "config.asgi.application"
APPEND_SLASH = False
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "buurt.communities.context.community",
                "buurt.residents.context.roles",
                "chat.context.unread",
                "notifications.context.unread",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "template_partials.templatetags.partials",
                "buurt.communities.templatetags.look",
                "buurt.communities.templatetags.when",
            ],
        },
    }
]

# -- Data ------------------------------------------------------------------------------------------------------
DATABASES: dict[str, Any] = {"default": database(env_text("DATABASE_URL"), VAR_DIR)}
IS_SQLITE = DATABASES["default"]["ENGINE"].endswith("sqlite3")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env_text("REDIS_URL")
CACHES: dict[str, Any] = {"default": cache(REDIS_URL)}
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
SESSION_COOKIE_AGE = int(timedelta(days=60).total_seconds())
SESSION_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"

# How many server processes share the work; more than one need Redis between them.
WEB_PROCESSES = int(env_text("WEB_CONCURRENCY", "1"))
# Channels routes and authenticates; our own hub (chat/hub.py) carries the messages (ADR 0005).
CHANNEL_LAYERS = {"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}}

# -- Work in the background: rows are the truth, these only hurry (buurt/ledger) -----------------------------------
CELERY_BROKER_URL = REDIS_URL or "memory://"
CELERY_TASK_IGNORE_RESULT = True
# A page must not wait for a broker that is away: the row is safe, the sweep finds it.
CELERY_BROKER_CONNECTION_TIMEOUT = 1
CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_connect_timeout": 1}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_DEFAULT_QUEUE = "buurt"
CELERY_TIMEZONE = "Europe/Amsterdam"
# A demo or a test may hurry the clocks of waves and places: 60 makes an hour pass in a minute.
CLOCK_SPEED = float(env_text("BUURT_CLOCK_SPEED", "1"))
# Name of a task -> seconds between runs. The embedded clock and Celery beat both read this one table.
SCHEDULE: dict[str, float] = {
    "ledger.sweep_jobs": 2,
    "matching.sweep_waves": 5 if CLOCK_SPEED < 60 else 1,
    "notifications.sweep_deliveries": 3,
    "posts.sweep_places": 30,
    # Looks every hour; refits once a night.
    "matching.learn": 3600,
    "chat.sweep": 30,
    "posts.sweep_posts": 300,
    "residents.sweep_accounts": 3600,
    "residents.sweep_retention": 3600,
}
# No invitation goes out at night; the demo is looked at at any hour.
NIGHT_REST = env_bool("BUURT_NIGHT_REST", default=not IS_DEMO)

# -- Accounts ------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "residents.Resident"
AUTHENTICATION_BACKENDS = ["buurt.residents.backends.ResidentBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "residents:after_login"
LOGOUT_REDIRECT_URL = "pages:front"
ACCOUNT_ADAPTER = "buurt.residents.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = int(timedelta(minutes=30).total_seconds())
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_TIMEOUT = int(timedelta(minutes=40).total_seconds())
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = int(timedelta(minutes=30).total_seconds())
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = int(timedelta(minutes=30).total_seconds())
ACCOUNT_PREVENT_ENUMERATION = True
# Nobody gets a mail about an account they do not have; the door makes no difference, see residents/forms/door.py.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
# One address at a time: a new one replaces the old when its code is typed, and the old one is told.
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_SESSION_REMEMBER = True
# How many proxies stand in front: without it all visitors would share one address, and one limit.
ALLAUTH_TRUSTED_PROXY_COUNT = int(env_text("BUURT_PROXIES", "0" if IS_DEMO else "1"))
# Counted before an account is made for an unknown address.
ACCOUNT_RATE_LIMITS = {"request_login_code": "20/m/ip,100/h/ip,3/m/key,10/h/key"}
ACCOUNT_FORMS = {
    "login": "buurt.residents.forms.door.DoorForm",
    "request_login_code": "buurt.residents.forms.door.RequestCodeForm",
    "confirm_login_code": "buurt.residents.forms.door.ConfirmCodeForm",
    "confirm_email_verification_code": "buurt.residents.forms.door.ConfirmEmailCodeForm",
    "confirm_password_reset_code": "buurt.residents.forms.door.ConfirmResetCodeForm",
    "add_email": "buurt.residents.forms.door.NewEmailForm",
    "set_password": "buurt.residents.forms.door.SetPasswordForm",
    "change_password": "buurt.residents.forms.door.ChangePasswordForm",
    "reset_password": "buurt.residents.forms.door.ResetPasswordForm",
    "reset_password_from_key": "buurt.residents.forms.door.ResetPasswordKeyForm",
    "reauthenticate": "buurt.residents.forms.door.ReauthenticateForm",
}
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "dashed": False, "length": 6}
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Buurt"
MFA_ADAPTER = "buurt.residents.adapter.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "buurt.residents.forms.second_factor.AuthenticateForm",
    "reauthenticate": "buurt.residents.forms.second_factor.ReauthenticateForm",
    "activate_totp": "buurt.residents.forms.second_factor.ActivateTOTPForm",
    "add_webauthn": "buurt.residents.forms.second_factor.AddPasskeyForm",
    "edit_webauthn": "buurt.residents.forms.second_factor.EditPasskeyForm",
}
# A code of half a minute ago still counts: clocks of telephones differ.
MFA_TOTP_TOLERANCE = 1
# Without https a passkey works on the machine itself only.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = IS_DEMO or DEBUG

# -- Mail ----------------------------------------------------------------------------------------------------------
EMAIL_URL = env_text("EMAIL_URL")
DEFAULT_FROM_EMAIL = env_text("BUURT_MAIL_FROM", "Buurt <buurt@localhost>" if IS_DEMO else "")
EMAIL_TIMEOUT = 10
if EMAIL_URL:
    from config.mail import mail_settings

    globals().update(mail_settings(EMAIL_URL))
else:
    EMAIL_BACKEND = "notifications.channels.email.demo.DemoMailBackend"
# Messages on telephones; `manage.py push_key` makes a key, and without one there are none.
PUSH_KEY = _kept_secret("BUURT_PUSH_KEY", "push_key", size=32) if IS_DEMO else env_text("BUURT_PUSH_KEY")
PUSH_SERVICES = list(PUSH_SERVICES_OF_BROWSERS)

# -- A map behind the hexagons of the board: off, so that no page asks another site for anything ---------------------
MAP_TILES, MAP_CREDIT = env_text("BUURT_MAP_TILES"), env_text("BUURT_MAP_CREDIT")
MAP_TILES_ORIGIN = origin_of(MAP_TILES)

# -- Language and time ---------------------------------------------------------------------------------------------
LANGUAGE_CODE, FORMAL_LANGUAGE_CODE = "nl", "nl-formal"
# Every language with a catalogue. A community chooses which of them are on (`Community.languages`); Dutch always is.
# "nl-formal" (the same with "u") is no choice of a reader: a community that says "u" puts it in the place of "nl".
LANGUAGES = [
    ("nl", "Nederlands"),
    ("en", "English"),
    ("tr", "Türkçe"),
    ("ar", "العربية"),
    ("pl", "Polski"),
    ("uk", "Українська"),
]
LANGUAGE_COOKIE_AGE = A_YEAR = int(timedelta(days=365).total_seconds())
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE, USE_TZ = "Europe/Amsterdam", True

# -- Static files and what a page may load ---------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
# Themes that ship, then those of the municipality: a file there goes before one of the same name that ships.
THEME_FOLDERS = [BASE_DIR / "build" / "themes", Path(env_text("BUURT_THEMES", str(BASE_DIR / "themes")))]
# The accessibility statements of communities, by the slug of their name.
STATEMENTS_FOLDER = Path(env_text("BUURT_STATEMENTS", str(BASE_DIR / "verklaringen")))
STATICFILES_DIRS = [BASE_DIR / "static", BASE_DIR / "build" / "static"]
WHITENOISE_USE_FINDERS = IS_DEMO or DEBUG
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if IS_DEMO or DEBUG
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    },
}
CONTENT_SECURITY_POLICY = PAGE_POLICY
SECURE_REFERRER_POLICY = "same-origin"
if not (IS_DEMO or DEBUG):
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True
    SECURE_HSTS_SECONDS = A_YEAR
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
DATA_UPLOAD_MAX_MEMORY_SIZE = 512 * 1024
LOGGING: dict[str, Any] = logging_at(env_text("BUURT_LOG_LEVEL", "INFO"))
DEFAULT_EXCEPTION_REPORTER = "config.error_reports.Reporter"  # names of variables, never what is in them
DEFAULT_EXCEPTION_REPORTER_FILTER = "config.error_reports.NamesOnly"
