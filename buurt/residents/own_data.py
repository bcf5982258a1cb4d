"""What this room keeps about a person: how to hand it over, and how to erase it."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.utils.translation import gettext_lazy as _

from buurt.ledger.models import Entry
from buurt.residents import registry
from buurt.residents.models import Block, HelpPreferences, Resident, Role
from buurt.residents.services import erasure
from buurt.residents.week import places_of


def export_account(resident: Resident) -> dict[str, Any]:
    """Return the account and profile, every column of it but the password's hash."""
    return {
        "email": resident.email,
        "addresses": [
            {"email": address.email, "verified": address.verified}
            for address in EmailAddress.objects.filter(user=resident).order_by("pk")
        ],
        "public_id": resident.public_id,
        "display_name": resident.display_name,
        "about": resident.about,
        "languages": resident.languages,
        "language": resident.language,
        "age_band": resident.age_band,
        "community": resident.community.name if resident.community else None,
        "area": resident.area.name if resident.area else None,
        "postcode": resident.postcode,
        "cell": resident.cell,
        "house_rules_accepted_at": resident.rules_accepted_at,
        "joined_at": resident.joined_at,
        "last_login": resident.last_login,
        "seen_on": resident.seen_on,
        "inactive_told_on": resident.inactive_told_on,
        "restricted_until": resident.restricted_until,
        "has_password": resident.has_usable_password(),
        "roles": list(Role.objects.filter(resident=resident).values("name", "community__name", "granted_at")),
        "second_factors": list(
            Authenticator.objects.filter(user=resident).values("type", "created_at", "last_used_at")
        ),
        "devices": list(
            UserSession.objects.filter(user=resident).values("ip", "user_agent", "created_at", "last_seen_at")
        ),
    }


def export_preferences(resident: Resident) -> dict[str, Any] | None:
    """Return what the helper wants to be asked for, or None."""
    found = HelpPreferences.objects.filter(resident=resident).first()
    if found is None:
        return None
    return {
        "active": found.active,
        "kinds": sorted(found.kinds.values_list("category", flat=True)),
        "distance_km": found.distance_km,
        "times": places_of(found.times),
        "asks_a_month": found.asks_a_month,
        "limits": found.limits,
        "paused_until": found.paused_until,
        "quiet_from": found.quiet_from,
        "quiet_until": found.quiet_until,
        "switched_on_at": found.switched_on_at,
    }


def export_blocks(resident: Resident) -> list[dict[str, Any]]:
    """Return since when this resident keeps somebody away; who that is, is that person's own."""
    return [{"since": block.created_at} for block in Block.objects.filter(blocker=resident).order_by("pk")]


def export_acts(resident: Resident) -> list[dict[str, Any]]:
    """Return what this resident did, as the audit trail keeps it: acts and moments, no words."""
    acts = Entry.objects.filter(actor_id=resident.pk).order_by("pk")
    return [{"at": act.at, "verb": act.verb, "subject_kind": act.subject_kind} for act in acts]


def _keep(resident: Resident) -> None:
    """Leave the audit trail: it holds numbers only, and they now lead to a tombstone."""


def register() -> None:
    """Make this room's kinds of personal data known."""
    registry.register_personal_data(
        "help_preferences",
        registry.PersonalData(_("Vraag mij maar"), export_preferences, erasure.erase_preferences),
    )
    registry.register_personal_data(
        "blocks", registry.PersonalData(_("Blokkades"), export_blocks, erasure.erase_blocks)
    )
    registry.register_personal_data("acts", registry.PersonalData(_("Wat je deed"), export_acts, _keep))
    registry.register_personal_data(
        "account", registry.PersonalData(_("Account en profiel"), export_account, erasure.erase_account)
    )
