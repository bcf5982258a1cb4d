"""What residents tell about themselves, and where they live."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import partial

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from buurt.communities.access import community_of_postcode, tidy_postcode
from buurt.communities.categories import ADULTS_ONLY
from buurt.communities.languages import SPOKEN
from buurt.ledger.services import record
from buurt.residents.events import help_preferences_changed, resident_ready
from buurt.residents.models import HelpKind, Resident
from buurt.residents.words import one_line


@transaction.atomic
def complete_start(
    *,
    by: Resident,
    display_name: str = "",
    postcode: str = "",
    languages: Sequence[str] = (),
    age_band: str = "",
    accepts_rules: bool = False,
    now: datetime | None = None,
) -> Resident:
    """Add what was still missing before the first sending; what is already there stays as it is."""
    was_ready = by.is_ready
    if display_name and not by.display_name:
        by.display_name = one_line(display_name)[:40]
    if languages and not by.languages:
        by.languages = _known(languages)
    if age_band and not by.age_band:
        by.age_band = Resident.AgeBand(age_band).value
    if postcode and not by.has_place:
        _settle(by, postcode)
    if accepts_rules and not by.rules_accepted_at:
        by.rules_accepted_at = now or timezone.now()
    by.save()
    record("resident_started", by, by=by, ready=by.is_ready)
    if by.is_ready and not was_ready:
        transaction.on_commit(partial(resident_ready.send_robust, sender=Resident, resident_id=by.pk))
    return by


@transaction.atomic
def change_profile(
    *,
    by: Resident,
    display_name: str,
    about: str,
    languages: Sequence[str],
    age_band: str = "",
    language: str = "",
) -> Resident:
    """Change what neighbours may read about this resident; under 18 some kinds of help go off."""
    by.display_name = one_line(display_name)[:40]
    by.about = one_line(about)[:200]
    by.languages = _known(languages)
    if age_band:
        by.age_band = Resident.AgeBand(age_band).value
    if language in dict(settings.LANGUAGES):
        by.language = language
    by.save(update_fields=["display_name", "about", "languages", "age_band", "language"])
    record("profile_changed", by, by=by)
    if by.age_band == Resident.AgeBand.YOUNG:
        HelpKind.objects.filter(preferences__resident=by, category__in=ADULTS_ONLY).delete()
    _tell_matching(by)
    return by


def choose_language(*, by: Resident, language: str) -> None:
    """Keep the language in which this resident reads pages and mails; a language we do not have changes nothing."""
    if language != by.language and language in dict(settings.LANGUAGES):
        by.language = language
        by.save(update_fields=["language"])


@transaction.atomic
def move_house(*, by: Resident, postcode: str) -> Resident:
    """Settle the resident at another postcode, in the community that covers it; raises its PostcodeError."""
    _settle(by, postcode)
    by.save(update_fields=["postcode", "cell", "area", "community"])
    record("resident_moved", by, by=by, community=by.community_id)
    _tell_matching(by)
    return by


def _settle(resident: Resident, postcode: str) -> None:
    resident.community, resident.area, resident.cell = community_of_postcode(postcode)
    resident.postcode = tidy_postcode(postcode)


def _known(languages: Iterable[str]) -> list[str]:
    chosen = set(languages)
    return [code for code in SPOKEN if code in chosen]


def _tell_matching(resident: Resident) -> None:
    if hasattr(resident, "help_preferences"):
        transaction.on_commit(partial(help_preferences_changed.send_robust, sender=Resident, resident_id=resident.pk))
