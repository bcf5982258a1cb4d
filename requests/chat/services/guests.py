"""Who joins a conversation later: a guest whom the asker invites, the team, or who acts for a caller.

They see what is written from then on and nothing before, and everybody sees that they are there.
"""

from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from buurt.ledger.sealing import new_sealed_key
from buurt.ledger.services import record
from buurt.residents.models import Block, Resident, Role
from chat import errors, events
from chat.frames import tell_after_commit
from chat.models import Conversation, GuestInvite, Participant
from chat.services.talking import add_system_line, lock, people_in
from posts.models import Post

INVITE_VALID = timedelta(days=7)
MOST_OPEN = 5
MOST_GUESTS = 5
# Who judges reports never sits at the table, also when asked.
NEVER_GUESTS = (Role.Name.MODERATOR, Role.Name.COMPLAINTS)


@transaction.atomic
def invite_guest(
    *, by: Resident, conversation: Conversation, guest: Resident | None = None, now: datetime | None = None
) -> GuestInvite:
    """Keep a place for somebody of the team (`guest`), or for whoever gets the link; used once, valid a week.

    Only the one who gets help invites. Raises NotYoursToDoError, EndedError, TooManyGuestsError, CannotJoinError.
    """
    now = now or timezone.now()
    row = lock(conversation)
    _refuse_unless_host(by, row)
    if row.ended_at is not None:
        raise errors.EndedError
    waiting = open_invites(row, now=now)
    if len(waiting) >= MOST_OPEN or _guests(row).count() >= MOST_GUESTS:
        raise errors.TooManyGuestsError
    if guest is not None:
        _refuse_unfit(guest, row)
        same = next((one for one in waiting if one.guest_id == guest.pk), None)
        if same is not None:
            return same
    invite = GuestInvite.objects.create(conversation=row, invited_by=by, guest=guest, expires_at=now + INVITE_VALID)
    record("guest_invited", row, by=by, guest=guest.pk if guest else None)
    if guest is not None:
        transaction.on_commit(partial(events.guest_invited.send_robust, sender=GuestInvite, invite_id=invite.pk))
    return invite


@transaction.atomic
def withdraw_invite(*, by: Resident, invite: GuestInvite, now: datetime | None = None) -> bool:
    """Make an invitation worthless; False when it was used or withdrawn already."""
    _refuse_unless_host(by, lock(invite.conversation))
    unused = GuestInvite.objects.filter(pk=invite.pk, used_at=None, withdrawn_at=None)
    return unused.update(withdrawn_at=now or timezone.now()) == 1


@transaction.atomic
def join_as_guest(*, by: Resident, invite: GuestInvite, now: datetime | None = None) -> Conversation:
    """Take the place that was kept; everybody sees it. Who is in already comes in again without using it up.

    Raises InviteGoneError, EndedError or CannotJoinError.
    """
    now = now or timezone.now()
    row = lock(invite.conversation)
    if Participant.objects.filter(conversation=row, resident=by, left_at=None).exists():
        return row
    if invite.guest_id not in {None, by.pk}:
        raise errors.InviteGoneError
    if row.ended_at is not None:
        raise errors.EndedError
    _refuse_unfit(by, row)
    usable = GuestInvite.objects.filter(pk=invite.pk, used_at=None, withdrawn_at=None, expires_at__gt=now)
    if usable.update(used_at=now) != 1:
        raise errors.InviteGoneError
    line = "guest_joined" if invite.guest_id is None else "team_guest_joined"
    _seat(row, by, Participant.Role.GUEST, line=line, now=now)
    record("guest_joined", row, by=by, invited_by=invite.invited_by_id)
    return row


@transaction.atomic
def let_guest_go(*, by: Resident, conversation: Conversation, guest: Resident, now: datetime | None = None) -> bool:
    """Let a guest take part no longer; False when they had gone already."""
    now = now or timezone.now()
    row = lock(conversation)
    _refuse_unless_host(by, row)
    if not _guests(row).filter(resident=guest).update(left_at=now):
        return False
    record("guest_let_go", row, by=by, guest=guest.pk)
    tell_after_commit([guest.pk], {"type": "resync"})
    add_system_line(conversation=row, name="guest_gone", now=now, who=guest.pk)
    return True


@transaction.atomic
def open_team_talk(*, post: Post, member: Resident, now: datetime | None = None) -> Conversation:
    """Return the talk of the team with somebody who asked for it; the member takes part as a guest, as a helper never.

    A second member of the team joins the same talk and reads from then on.
    """
    now = now or timezone.now()
    talk, made = Conversation.objects.get_or_create(
        post=post, kind=Conversation.Kind.TEAM, helper=None, defaults={"sealed_key": new_sealed_key()}
    )
    row = lock(talk)
    if made:
        Participant.objects.create(conversation=row, resident=post.author, role=Participant.Role.ASKER)
    if row.ended_at is not None:
        Conversation.objects.filter(pk=row.pk).update(ended_at=None)
        Participant.objects.filter(conversation=row, resident=post.author).update(left_at=None)
    if not Participant.objects.filter(conversation=row, resident=member, left_at=None).exists():
        _seat(row, member, Participant.Role.GUEST, line="team_joined", now=now)
        record("team_talk_opened" if made else "guest_joined", row, by=member, post_id=post.pk)
    return Conversation.objects.get(pk=row.pk)


@transaction.atomic
def add_proxy(*, proxy: Resident, conversation: Conversation, consent: str, now: datetime | None = None) -> bool:
    """Let somebody act for an asker who cannot be here themselves, from now until the ask ends.

    `consent` says how the asker agreed ("phone", "in_person"): it is kept in the ledger, and without it nobody acts
    for anybody. Returns False when they act for them already.
    """
    if not consent:
        raise errors.NotYoursToDoError
    now = now or timezone.now()
    row = lock(conversation)
    part = Participant.objects.filter(conversation=row, resident=proxy).first()
    if part is not None and part.takes_part and part.role == Participant.Role.PROXY:
        return False
    if part is not None and part.role in {Participant.Role.ASKER, Participant.Role.HELPER}:
        raise errors.CannotJoinError
    _seat(row, proxy, Participant.Role.PROXY, line="proxy_joined", now=now)
    record("proxy_joined", row, by=proxy, consent=consent, asker=row.post.author_id)
    return True


@transaction.atomic
def end_proxies(*, post: Post, now: datetime | None = None) -> int:
    """Let nobody act for the asker any longer: the ask is over. Safe to run twice; returns how many acted until now."""
    now = now or timezone.now()
    acting = Participant.objects.filter(conversation__post=post, role=Participant.Role.PROXY, left_at=None)
    ended = 0
    for part in acting.select_related("conversation").order_by("pk"):
        row = lock(part.conversation)
        if Participant.objects.filter(pk=part.pk, left_at=None).update(left_at=now):
            ended += 1
            record("proxy_ended", row, by=None, proxy=part.resident_id)
            add_system_line(conversation=row, name="proxy_gone", now=now, who=part.resident_id)
    return ended


def open_invites(conversation: Conversation, *, now: datetime) -> list[GuestInvite]:
    """Return the invitations that can still be used, oldest first."""
    rows = GuestInvite.objects.filter(conversation=conversation, used_at=None, withdrawn_at=None, expires_at__gt=now)
    return list(rows.select_related("guest").order_by("pk"))


def _guests(row: Conversation) -> QuerySet[Participant]:
    return Participant.objects.filter(conversation=row, role=Participant.Role.GUEST, left_at=None)


def _refuse_unless_host(by: Resident, row: Conversation) -> None:
    """Only the one who gets help says who joins: the author of an ask, or who took up an offer."""
    people_in(row, by)
    part = Participant.objects.get(conversation=row, resident=by)
    posted = part.role in {Participant.Role.ASKER, Participant.Role.PROXY}
    if not part.is_party or posted != row.post.is_ask:
        raise errors.NotYoursToDoError


def _refuse_unfit(guest: Resident, row: Conversation) -> None:
    """Refuse who judges reports, who is kept apart from somebody here, and who agrees things here themselves."""
    if not guest.is_active or Role.objects.filter(resident=guest, name__in=NEVER_GUESTS).exists():
        raise errors.CannotJoinError
    parts = {part.resident_id: part for part in Participant.objects.filter(conversation=row)}
    mine = parts.get(guest.pk)
    if mine is not None and (mine.is_party or mine.takes_part):
        raise errors.CannotJoinError
    there = [pk for pk, part in parts.items() if part.takes_part]
    if Block.objects.filter(Q(blocker=guest, blocked__in=there) | Q(blocked=guest, blocker__in=there)).exists():
        raise errors.CannotJoinError


def _seat(row: Conversation, person: Resident, role: str, *, line: str, now: datetime) -> None:
    """Give somebody a place from the line that says so onward."""
    since = {"role": role, "joined_seq": row.last_seq, "read_seq": row.last_seq, "told_seq": row.last_seq}
    Participant.objects.update_or_create(
        conversation=row, resident=person, defaults={**since, "joined_at": now, "left_at": None, "muted": False}
    )
    add_system_line(conversation=row, name=line, now=now, who=person.pk)
