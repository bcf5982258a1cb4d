"""Why a post or a place is refused; each says it in words that can be shown."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class PostError(Exception):
    """Something about posts is not possible; `message` says why, to the person who tried."""

    message: str | Promise = _("Dit kan nu niet.")

    def __str__(self) -> str:
        return str(self.message)


class NotReadyError(PostError):
    """The profile is not complete: name, place or house rules are missing."""

    message = _("Vul eerst je naam en postcode in en ga akkoord met de huisregels.")


class RestrictedError(PostError):
    """A moderator restricted this person for a time."""

    message = _("Je kunt hier nu even niets plaatsen of beantwoorden. Waarom dat is, lees je bij je berichten.")


class AdultsOnlyError(PostError):
    """This kind of help is for people of eighteen and older."""

    message = _("Deze hulp is alleen voor mensen van 18 jaar en ouder.")


class TooManyPostsError(PostError):
    """More posts in a day than anybody needs."""

    message = _("Je plaatste vandaag al tien berichten. Morgen kun je weer iets plaatsen.")


class WrongMomentError(PostError):
    """The day or time is missing, already over, or too far away."""

    message = _("Kies een dag en tijd die nog komen, hooguit een jaar vooruit.")


class EmptyPostError(PostError):
    """There is not a word in it."""

    message = _("Schrijf in een paar woorden waar het om gaat.")


class CategoryOffError(PostError):
    """This municipality does not offer this kind of help."""

    message = _("Deze soort hulp is hier niet beschikbaar. Kies een andere soort.")


class ImpossibleDraftError(PostError):
    """A choice that no form offers."""

    message = _("Er klopt iets niet aan wat je koos. Kies het opnieuw.")


class TooFewPlacesError(PostError):
    """Fewer places than people who are already coming."""

    message = _("Er doen al meer mensen mee. Kies een hoger aantal.")


class EndedError(PostError):
    """The post has ended and cannot be changed any more."""

    message = _("Dit bericht is afgelopen. Maak er een nieuw van.")


class OwnPostError(PostError):
    """One does not answer one's own post."""

    message = _("Dit is je eigen bericht.")


class NotYoursError(PostError):
    """Somebody acts on a post or a place of others; pages answer 404 before it comes to this."""

    message = _("Dit is niet van jou.")
