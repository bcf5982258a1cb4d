"""A set of settings that would lose or leak refuses to start, and says what is missing."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register

from buurt.communities.themes.shelf import problems_on_shelf
from config.statement import StatementError, read_statement

LOCAL = {"localhost", "127.0.0.1", "[::1]", "testserver"}


@register(Tags.security)
def settings_that_hold_together(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Return an error for each combination that would lose messages or show too much."""
    found = [*_leaks(), *_losses()]
    return [Error(text, hint=hint, id=f"buurt.E{number:03d}") for number, text, hint in found]


def _leaks() -> list[tuple[int, str, str]]:
    public = [host for host in settings.ALLOWED_HOSTS if host not in LOCAL]
    found = []
    if settings.IS_DEMO and public:
        found.append((1, f"De demo staat open voor {public[0]}.", "De demo toont alle mail. Zet BUURT_MODE=live."))
    if settings.DEBUG and public:
        found.append((2, f"DEBUG staat aan voor {public[0]}.", "Zet BUURT_DEBUG uit, of BUURT_HOSTS op localhost."))
    if not settings.IS_DEMO and "*" in settings.ALLOWED_HOSTS:
        found.append((3, "BUURT_HOSTS is *.", "Noem de hostnamen, met komma's ertussen."))
    return found


def _losses() -> list[tuple[int, str, str]]:
    if settings.IS_DEMO:
        return []
    found = []
    if not settings.ALLOWED_HOSTS:
        found.append((10, "BUURT_HOSTS is leeg.", "Noem de hostnamen, met komma's ertussen."))
    if not settings.PUBLIC_URL:
        found.append((11, "BUURT_URL is leeg.", "Links in mails hebben een adres nodig: https://buurt.example.nl"))
    if settings.EMAIL_BACKEND.endswith("DemoMailBackend"):
        found.append((12, "EMAIL_URL is leeg.", "Zonder mail kan niemand inloggen: smtp://gebruiker:wachtwoord@host"))
    if not settings.DEFAULT_FROM_EMAIL:
        found.append((13, "BUURT_MAIL_FROM is leeg.", "Bijvoorbeeld: Buurt <buurt@example.nl>"))
    if settings.WEB_PROCESSES > 1 and not settings.REDIS_URL:
        found.append((14, "Meer processen zonder Redis.", "Zet REDIS_URL, of WEB_CONCURRENCY op 1."))
    return found


@register()
def themes_that_can_be_worn(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Return a warning for each file in the folder of themes that is left out, with what is wrong."""
    return [
        Warning(f"Het thema {path} doet niet mee.", hint=" ".join(problems), id="buurt.W040")
        for path, problems in problems_on_shelf().items()
    ]


@register()
def statements_that_can_be_read(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Return a warning for each accessibility statement of a community that is left out for the one that ships."""
    found: list[CheckMessage] = []
    for path in sorted(Path(settings.STATEMENTS_FOLDER).glob("*.yaml")):
        try:
            read_statement(path)
        except StatementError as error:
            found.append(Warning("Een toegankelijkheidsverklaring doet niet mee.", hint=str(error), id="buurt.W041"))
    return found
