"""What others will see of a draft, and what its writer may expect."""

from typing import Any

from django.utils.translation import gettext as _

from buurt.communities.models import Community
from buurt.residents.models import Resident
from posts.access import answer_figures
from posts.drafts import PostDraft
from posts.models import Post
from posts.naming import draft_title_for_everybody
from posts.views.advice import advice_on
from posts.views.cards import facts_of_draft
from posts.views.expectation import expectation_of
from posts.wording import text_after_title


def of_draft(draft: PostDraft, *, community: Community | None, resident: Resident | None) -> dict[str, Any]:
    """Return exactly what neighbours and what visitors will see, and what to expect, for the page before sending."""
    area = resident.area.name if resident and resident.area else _("jouw wijk")
    home = resident.community if resident and resident.community else community
    return {
        "category": draft.category,
        "text": text_after_title(draft.title, draft.text),
        "facts": facts_of_draft(draft, area),
        # Visitors do not read for whom it is, nor in which languages.
        "public_facts": facts_of_draft(draft.with_(spoken=(), on_behalf_of=Post.OnBehalf.SELF), area),
        "public_title": draft_title_for_everybody(draft, area),
        "turns": draft.places if draft.kind == Post.Kind.ASK and draft.timing == Post.Timing.WEEKLY else 0,
        "quiet": draft.visibility != Post.Visibility.PUBLIC,
        "advice": advice_on(draft.text),
        "expect": expectation_of(answer_figures(home, draft.category), draft.category, home)
        if home and draft.kind == Post.Kind.ASK and not draft.hold
        else None,
    }
