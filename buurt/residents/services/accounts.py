"""Accounts by e-mail code: one door for old and new addresses, and a broom for what was never opened."""

from datetime import datetime, timedelta
from urllib.parse import urlencode

from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.models import EmailAddress
from django.contrib.auth import logout
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from buurt.ledger.services import record
from buurt.residents.access import resident_of
from buurt.residents.models import Resident

UNOPENED_DAYS = 1
BATCH = 200


def safe_next(request: HttpRequest, default: str) -> str:
    """Return the page of our own site that `next` asks for, else the default."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    fine = url_has_allowed_host_and_scheme(asked, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return asked if fine else default


def find_or_make_account(email: str) -> Resident:
    """Return the resident of this address; an unknown address gets a blank, unconfirmed account.

    So that known and unknown addresses see and get the same. Rate-limit before calling this.
    """
    email = email.strip().lower()
    found = _account_of(email)
    if found is None:
        try:
            with transaction.atomic():
                found = Resident.objects.create_user(email)
                record("account_made", found, by=None)
        except IntegrityError:  # the same address, at the same moment
            found = Resident.objects.get(email__iexact=email)
    EmailAddress.objects.get_or_create(
        user=found, email=email, defaults={"primary": found.email == email, "verified": False}
    )
    return found


def _account_of(email: str) -> Resident | None:
    """Return the one who confirmed this address, else the one whose account carries it."""
    confirmed = EmailAddress.objects.filter(email=email, verified=True).select_related("user").first()
    return confirmed.user if confirmed else Resident.objects.filter(email__iexact=email).first()


def send_login_code(request: HttpRequest, resident: Resident, *, next_url: str = "") -> HttpResponse:
    """Send this known resident a code and go to the page that asks for it; already logged in, go straight on."""
    onward = next_url or reverse("residents:after_login")
    present = resident_of(request.user)
    if present is not None and present.pk == resident.pk:
        return redirect(onward)
    if present is not None:  # a shared tablet: somebody else's session ends here
        logout(request)
    find_or_make_account(resident.email)
    LoginCodeVerificationProcess.initiate(request=request, user=resident, email=resident.email)
    return redirect(f"{reverse('account_confirm_login_code')}?{urlencode({'next': onward})}")


def _blank_accounts() -> QuerySet[Resident]:
    """Return accounts nobody ever opened: address never confirmed, never logged in, nothing filled in."""
    return Resident.objects.filter(
        ~Q(emailaddress__verified=True),
        emailaddress__isnull=False,
        last_login__isnull=True,
        display_name="",
        rules_accepted_at__isnull=True,
        community__isnull=True,
        erased_at__isnull=True,
        roles__isnull=True,
    )


def forget_blank_account(email: str) -> bool:
    """Remove a blank account of this address, so that it does not stand in the way of somebody's new address."""
    ids = list(_blank_accounts().filter(email__iexact=email).values_list("pk", flat=True))
    return bool(ids and Resident.objects.filter(pk__in=ids).delete()[0])


def sweep_accounts(*, now: datetime | None = None) -> int:
    """Remove blank accounts older than a day, a batch at a time; returns how many."""
    edge = (now or timezone.now()) - timedelta(days=UNOPENED_DAYS)
    total = 0
    while ids := list(_blank_accounts().filter(joined_at__lt=edge).values_list("pk", flat=True).distinct()[:BATCH]):
        with transaction.atomic():
            Resident.objects.filter(pk__in=ids).delete()
        total += len(ids)
    return total
