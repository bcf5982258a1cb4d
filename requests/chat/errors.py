"""What the rules of a conversation may refuse; `words` says it to the person, in plain Dutch."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class ChatError(Exception):
    """A rule of the conversation says no."""

    code = "refused"
    words: str | Promise = _("Dat lukt nu niet.")


class NotTakingPartError(ChatError):
    """This person does not take part in the conversation, or left it. To them it does not exist."""

    code = "gone"
    words = _("Dit gesprek is er niet.")


class EndedError(ChatError):
    """The conversation is closed. A block says the same, so that nobody learns of it."""

    code = "ended"
    words = _("Dit gesprek is gesloten. Je kunt hier niet meer schrijven.")


class EmptyTextError(ChatError):
    """There are no words in it."""

    code = "empty"
    words = _("Schrijf eerst een bericht.")


class TooLongTextError(ChatError):
    """There are more words than fit."""

    code = "too_long"
    words = _("Je bericht is te lang. Maak er twee berichten van.")


class TooManyMessagesError(ChatError):
    """This person writes faster than a person can."""

    code = "too_often"
    words = _("Je stuurt veel berichten achter elkaar. Wacht een minuut en probeer het opnieuw.")


class RestrictedError(ChatError):
    """A moderator decided that this person cannot write for some time."""

    code = "restricted"
    words = _("Je kunt nu even geen berichten sturen. Bij Meldingen lees je waarom.")


class WrongMomentError(ChatError):
    """The moment lies in the past, or too far away."""

    code = "wrong_moment"
    words = _("Kies een moment dat nog komt, binnen een jaar.")


class NoPlaceError(ChatError):
    """Nothing is reserved between these two any more, so there is nothing to agree."""

    code = "no_place"
    words = _("Dat kan nu niet meer. Kijk hierboven hoe het ervoor staat.")


class NotYoursToDoError(ChatError):
    """This act belongs to the other one."""

    code = "not_yours"
    words = _("Dat kan alleen de ander doen.")


class WrongNumberError(ChatError):
    """This is not a telephone number."""

    code = "wrong_number"
    words = _("Dit is geen telefoonnummer. Schrijf alleen cijfers, bijvoorbeeld 06 12 34 56 78.")


class StillAgreedError(ChatError):
    """Whoever leaves must first give the place back."""

    code = "still_agreed"
    words = _("Jullie hebben nog iets afgesproken. Zeg dat eerst af.")


class ReusedKeyError(ChatError):
    """Other words stand under this key already. What was stored first stays."""

    code = "reused"
    words = _("Er is al een ander bericht van je verstuurd. Kijk het na en stuur dit nog een keer.")


class LaterError(ChatError):
    """It could not be stored now. The same message, under the same key, may be sent again."""

    code = "later"
    words = _("Je bericht is nog niet verstuurd. We proberen het zo opnieuw.")


class InviteGoneError(ChatError):
    """The invitation was used, withdrawn, too old, or is for somebody else."""

    code = "invite_gone"
    words = _("Deze uitnodiging werkt niet meer. Vraag om een nieuwe.")


class CannotJoinError(ChatError):
    """This person cannot join here: apart from somebody in it, or of those who judge reports. Which is not said."""

    code = "cannot_join"
    words = _("Meedoen in dit gesprek kan niet.")


class TooManyGuestsError(ChatError):
    """Enough people are invited."""

    code = "too_many_guests"
    words = _("Er zijn al genoeg mensen uitgenodigd. Trek eerst een uitnodiging in.")


class ChangedMeanwhileError(ChatError):
    """Somebody else changed it since this person saw it."""

    code = "changed"
    words = _("Iemand anders veranderde dit net. Kijk wat er nu staat, en pas het dan aan.")
