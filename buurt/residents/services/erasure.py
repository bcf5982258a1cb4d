"""Leaving: the account goes off at once, words go, a tombstone stays where others rely on a row."""

import secrets
from datetime import datetime
from functools import partial

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from buurt.ledger.services import record
from buurt.residents import registry, roles
from buurt.residents.events import resident_erased
from buurt.residents.models import Block, HelpPreferences, Resident, Role
from buurt.residents.post import post_words

# The end of an address that belongs to nobody; `.invalid` never exists (RFC 2606).
NOBODYS = "@weg.invalid"


@transaction.atomic
def erase_resident(*, by: Resident | None, resident: Resident, now: datetime | None = None) -> bool:
    """Erase a person: every room removes its part here and now. Returns False when it was already done."""
    at = now or timezone.now()
    claimed = Resident.objects.filter(pk=resident.pk, erased_at__isnull=True).update(erased_at=at, is_active=False)
    if claimed != 1:
        return False
    if not resident.email.endswith(NOBODYS):
        post_words(resident, "residents/email/goodbye", own_wish=by is not None)
    kinds = registry.personal_data()
    # The account goes last: until then the other rooms can still see whose words they remove.
    for name in sorted(kinds, key=lambda name: name == "account"):
        kinds[name].erase(resident)
    record("resident_erased", resident, by=by)
    transaction.on_commit(partial(resident_erased.send_robust, sender=Resident, resident_id=resident.pk))
    resident.refresh_from_db()
    return True


def erase_account(resident: Resident) -> None:
    """Turn the account into a tombstone: an address nobody has, no name, no place, no way in."""
    for session in UserSession.objects.filter(user=resident):
        session.end()
    EmailAddress.objects.filter(user=resident).delete()
    Authenticator.objects.filter(user=resident).delete()
    Role.objects.filter(resident=resident).delete()
    roles.forget(resident)
    tombstone = Resident.objects.get(pk=resident.pk)
    tombstone.set_unusable_password()
    Resident.objects.filter(pk=resident.pk).update(
        email=f"{secrets.token_hex(12)}{NOBODYS}",
        password=tombstone.password,
        display_name="",
        about="",
        languages=[],
        language="",
        age_band="",
        community=None,
        area=None,
        postcode="",
        cell=None,
        rules_accepted_at=None,
        restricted_until=None,
        seen_on=None,
        inactive_told_on=None,
        last_login=None,
    )


def erase_preferences(resident: Resident) -> None:
    """Remove what the helper wanted to be asked for."""
    HelpPreferences.objects.filter(resident=resident).delete()


def erase_blocks(resident: Resident) -> None:
    """Remove blocks in both directions: nobody can meet a tombstone."""
    Block.objects.filter(Q(blocker=resident) | Q(blocked=resident)).delete()
