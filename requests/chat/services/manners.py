"""What somebody lets others see of them. It works both ways: who hides it does not see it of others."""

from buurt.residents.models import Resident
from chat.models import Manners


def manners_of(resident: Resident) -> Manners:
    """Return what this person chose; everything is shown until they choose otherwise."""
    return Manners.objects.filter(resident=resident).first() or Manners(resident=resident)


def set_manners(*, by: Resident, shows_reading: bool, shows_typing: bool) -> Manners:
    """Keep what this person lets others see, in every conversation, from now on."""
    chosen = {"shows_reading": shows_reading, "shows_typing": shows_typing}
    return Manners.objects.update_or_create(resident=by, defaults=chosen)[0]
