"""Staff roles: who has which in which community, and the pages only they may open."""

from collections.abc import Callable
from functools import partial, wraps
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from buurt.communities.models import Community
from buurt.ledger.services import record
from buurt.residents.access import resident_of
from buurt.residents.errors import NoSuchRoleError
from buurt.residents.models import Resident, Role

View = Callable[..., HttpResponse]
SECONDS_REMEMBERED = 60
SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def _key(resident_id: int) -> str:
    return f"residents:roles:{resident_id}"


def forget(resident: Resident) -> None:
    """Forget what was remembered of a person's roles."""
    cache.delete(_key(resident.pk))


def roles_of(resident: Resident) -> list[tuple[int, str]]:
    """Return (community, role name) of a resident; remembered for a minute or until a role changes."""
    found: list[tuple[int, str]] | None = cache.get(_key(resident.pk))
    if found is None:
        found = list(Role.objects.filter(resident=resident).order_by("pk").values_list("community_id", "name"))
        cache.set(_key(resident.pk), found, SECONDS_REMEMBERED)
    return found


@transaction.atomic
def grant_role(*, by: Resident | None, resident: Resident, community: Community, name: str) -> Role:
    """Give a staff role in one community; granting twice is the same as once. `by` is None for set-up by command."""
    if name not in Role.Name.values:
        raise NoSuchRoleError(name)
    role, made = Role.objects.get_or_create(
        resident=resident, community=community, name=name, defaults={"granted_by": by}
    )
    if made:
        record("role_granted", role, by=by, resident=resident.pk, community=community.pk, name=name)
    transaction.on_commit(partial(forget, resident))
    return role


@transaction.atomic
def revoke_role(*, by: Resident | None, resident: Resident, community: Community, name: str) -> bool:
    """Take a staff role away; returns whether there was one."""
    gone, _ = Role.objects.filter(resident=resident, community=community, name=name).delete()
    if gone:
        record("role_revoked", resident, by=by, community=community.pk, name=name)
    transaction.on_commit(partial(forget, resident))
    return bool(gone)


def has_second_factor(resident: Resident) -> bool:
    """Say whether this person has set up an authenticator app or a passkey."""
    return bool(Authenticator.objects.filter(user=resident, type__in=SECOND_FACTORS).exists())


def used_second_factor(request: HttpRequest, resident: Resident) -> bool:
    """Say whether the second factor was shown in this log-in."""
    return any(entry.get("method") == "mfa" for entry in get_authentication_records(request, resident))


def _where_to_show_it(resident: Resident) -> str:
    """Return the page that asks for the second factor this person has."""
    methods = get_adapter().get_reauthentication_methods(resident)
    pages = [method["url"] for method in methods if method["id"].startswith("mfa_reauthenticate")]
    return str(pages[0]) if pages else reverse("mfa_index")


def role_required(*names: str) -> Callable[[View], View]:
    """Let in who has one of these roles here and showed a second factor; others get a 404, as if nothing is there."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            resident = resident_of(request.user)
            held: frozenset[str] = getattr(request, "role_names", frozenset())
            if resident is None or not held & set(names):
                raise Http404
            if not used_second_factor(request, resident):
                query = urlencode({"next": request.get_full_path()})
                return redirect(f"{_where_to_show_it(resident)}?{query}")
            return view(request, *args, **kwargs)

        return guarded

    return decorate
