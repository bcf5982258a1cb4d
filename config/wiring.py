"""Who listens to whom: the one table of events and listeners. Connected when the app `config` is ready."""


def connect() -> None:
    """Connect every listener; called once."""
