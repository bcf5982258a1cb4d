"""What can go wrong while matching, in names."""


class MatchingError(Exception):
    """A named refusal of the matching room."""


class NotYoursError(MatchingError):
    """Somebody answers an invitation that was not sent to them."""


class CannotAnswerError(MatchingError):
    """This post cannot be answered by this person: their own, blocked, ended, or they may not help with it."""
