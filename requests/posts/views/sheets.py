"""An unsent ask or offer lives in the session, on a sheet of its own: through logging in, and apart in two tabs."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode

from posts.drafts import PostDraft
from posts.models import Post
from posts.wording import danger

SESSION_KEY = "post_sheets"
# The oldest goes when somebody starts more; a session is no archive.
MOST_SHEETS = 5


@dataclass(frozen=True)
class Sheet:
    """What somebody wrote so far. The key also makes that a form sent twice publishes once."""

    key: UUID
    draft: PostDraft
    # After words of danger: "" not asked yet, "team" quiet with the team, "neighbours" to neighbours all the same.
    danger_choice: str = ""
    # Whether we guessed the kind of help ("Dit lijkt ons: Lift").
    guessed: bool = False
    # The second screen is filled in.
    planned: bool = False

    def to_json(self) -> dict[str, Any]:
        """Return the sheet as the session keeps it."""
        return {
            "draft": self.draft.to_json(),
            "danger_choice": self.danger_choice,
            "guessed": self.guessed,
            "planned": self.planned,
        }


def new_sheet(draft: PostDraft, *, guessed: bool = False) -> Sheet:
    """Return an empty sheet with this draft on it; it is not kept yet."""
    return Sheet(key=uuid4(), draft=draft, guessed=guessed)


def keep_sheet(request: HttpRequest, sheet: Sheet) -> None:
    """Put the sheet in the session, last in line; the oldest ones go."""
    sheets = {key: kept for key, kept in _all(request).items() if key != str(sheet.key)}
    sheets[str(sheet.key)] = sheet.to_json()
    request.session[SESSION_KEY] = dict(list(sheets.items())[-MOST_SHEETS:])


def sheet_of(request: HttpRequest, kind: str) -> Sheet | None:
    """Return the sheet that the page's address or form names, else the newest one of this kind, else None."""
    sheets = _all(request)
    named = key_of(request)
    if named is not None:
        sheet = _read(str(named), sheets.get(str(named)))
        return sheet if sheet and sheet.draft.kind == kind else None
    for key in reversed(list(sheets)):
        sheet = _read(key, sheets[key])
        if sheet and sheet.draft.kind == kind:
            return sheet
    return None


def drop_sheet(request: HttpRequest, key: UUID) -> None:
    """Take a sent sheet out of the session."""
    request.session[SESSION_KEY] = {kept: sheet for kept, sheet in _all(request).items() if kept != str(key)}


def key_of(request: HttpRequest) -> UUID | None:
    """Return the key in the form or the address; None when there is none or it is no key."""
    typed = request.POST.get("k") or request.GET.get("k") or ""
    try:
        return UUID(typed)
    except ValueError:
        return None


def silence_of(request: HttpRequest) -> str:
    """Return how silent the ask opens: "team" the team reads it first and alone, "1" it stays off the board, or ""."""
    asked = request.POST.get("stil") or request.GET.get("stil") or ""
    named = sheet_of(request, Post.Kind.ASK) if key_of(request) else None
    if named is not None and named.danger_choice == "team" and not danger(named.draft.text):
        return "team"  # not chosen because of words: other words change nothing
    return asked if asked in {"team", "1"} else ""


def address(name: str, sheet: Sheet) -> str:
    """Return the address of a screen for this sheet."""
    return f"{reverse(name)}?{urlencode({'k': str(sheet.key)})}"


def with_draft(sheet: Sheet, changes: Mapping[str, Any]) -> Sheet:
    """Return the sheet with these fields of its draft filled in."""
    return replace(sheet, draft=sheet.draft.with_(**changes))


def _all(request: HttpRequest) -> dict[str, Any]:
    sheets = request.session.get(SESSION_KEY)
    return dict(sheets) if isinstance(sheets, dict) else {}


def _read(key: str, kept: Any) -> Sheet | None:
    """Read a kept sheet; one from an older version of the program counts as lost."""
    try:
        return Sheet(
            key=UUID(key),
            draft=PostDraft.from_json(kept["draft"]),
            danger_choice=str(kept["danger_choice"]),
            guessed=bool(kept["guessed"]),
            planned=bool(kept["planned"]),
        )
    except (KeyError, TypeError, ValueError):
        return None
