"""What the rules of this room may refuse."""


class ResidentError(Exception):
    """A rule of the room residents says no."""


class OneselfError(ResidentError):
    """A resident cannot block themselves."""


class OutOfRangeError(ResidentError):
    """A preference lies outside what the platform offers."""


class NoSuchRoleError(ResidentError):
    """There is no staff role of this name."""


class NotAllowedError(ResidentError):
    """This person may not do this."""


class NotADemoError(ResidentError):
    """This exists in demo mode only."""
