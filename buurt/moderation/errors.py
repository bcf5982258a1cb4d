"""What can go wrong in moderation, in names."""


class ModerationError(Exception):
    """A named refusal of the moderation room."""


class NothingToReportError(ModerationError):
    """There is no such thing, or this person may not see it."""


class AlreadyDecidedError(ModerationError):
    """Another moderator decided this report first."""


class NoReasonsError(ModerationError):
    """A decision without reasons is no decision (DSA art. 17)."""


class OwnCaseError(ModerationError):
    """Nobody decides about a thing they wrote or reported themselves."""
