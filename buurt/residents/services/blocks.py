"""Not meeting somebody: works both ways, at once, and is never told to the other."""

from functools import partial

from django.db import transaction

from buurt.ledger.services import record
from buurt.residents.errors import OneselfError
from buurt.residents.events import resident_blocked
from buurt.residents.models import Block, Resident


@transaction.atomic
def block_resident(*, by: Resident, other: Resident) -> Block:
    """Keep two residents apart; blocking twice is the same as once."""
    if by.pk == other.pk:
        raise OneselfError
    block, made = Block.objects.get_or_create(blocker=by, blocked=other)
    if made:
        record("resident_blocked", other, by=by)
        transaction.on_commit(
            partial(resident_blocked.send_robust, sender=Block, blocker_id=by.pk, blocked_id=other.pk)
        )
    return block


@transaction.atomic
def unblock_resident(*, by: Resident, other: Resident) -> bool:
    """Take one's own block away; what the other blocked stays. Returns whether there was one."""
    gone, _ = Block.objects.filter(blocker=by, blocked=other).delete()
    if gone:
        record("resident_unblocked", other, by=by)
    return bool(gone)
