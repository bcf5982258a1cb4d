"""App configuration of buurt.ledger."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """The room `buurt.ledger`."""

    name = "buurt.ledger"
    label = "ledger"
