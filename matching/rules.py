"""How a community wants its waves: read for a page, and changed by its manager."""

from django.db import models, transaction

from buurt.communities.models import Community
from buurt.ledger.services import record
from matching.models import MatchingRules

CHOICES = ("pooling", "hold", "program")


def rules_for(community: Community) -> MatchingRules:
    """Return the rules of a community; one that never chose has the defaults, in a row that is not stored."""
    return MatchingRules.objects.filter(community=community).first() or MatchingRules(community=community)


@transaction.atomic
def set_rules(*, by: models.Model | None, community: Community, pooling: bool, hold: bool, program: str) -> bool:
    """Let the next waves of this community be so; False when they were so already.

    Messages that went out stay as they are. Raises ValueError for a program that is not there.
    """
    if program not in MatchingRules.Program.values:
        raise ValueError(program)
    wanted = {"pooling": pooling, "hold": hold, "program": program}
    before = {name: getattr(rules_for(community), name) for name in CHOICES}
    changed = {name: value for name, value in wanted.items() if value != before[name]}
    if not changed:
        return False
    rules, _made = MatchingRules.objects.update_or_create(community=community, defaults=wanted)
    record("matching_rules_set", rules, by=by, community=community.pk, **changed)
    return True
