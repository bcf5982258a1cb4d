"""All writes about residents. One module per subject; other rooms import from here."""

from buurt.residents.services.blocks import block_resident, unblock_resident

__all__ = ["block_resident", "unblock_resident"]
