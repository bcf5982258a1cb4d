"""Private conversations about one post. Bodies are sealed; nothing here is registered with any admin, search or log."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buurt.ledger.ids import new_public_id
from posts.models import Engagement, Post


class Conversation(models.Model):
    """A talk about one post, between two people or a rota's circle. The sequence number is the order for everyone."""

    class Kind(models.TextChoices):
        PAIR = "pair", _("met één buur")
        CIRCLE = "circle", _("met een kring van helpers")
        TEAM = "team", _("met het buurtteam")

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    post = models.ForeignKey(Post, models.PROTECT, related_name="conversations")
    kind = models.CharField(max_length=6, choices=Kind.choices, default=Kind.PAIR)
    # With one helper; empty for a rota's circle and for a talk with the team.
    helper = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    sealed_key = models.BinaryField()
    last_seq = models.PositiveBigIntegerField(default=0)
    last_message_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    # What a circle hands over from one to the next; sealed like a message.
    handover = models.BinaryField(null=True, blank=True)
    handover_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    handover_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["post", "helper"],
                condition=models.Q(helper__isnull=False),
                name="conversation_once_per_helper",
            ),
            models.UniqueConstraint(
                fields=["post", "kind"],
                condition=models.Q(helper__isnull=True),
                name="conversation_one_circle_and_one_team_per_post",
            ),
            models.CheckConstraint(
                condition=models.Q(kind="pair", helper__isnull=False) | ~models.Q(kind="pair"),
                name="conversation_pair_has_a_helper",
            ),
        ]
        # None on what every message changes: PostgreSQL can then change the row in its place (ADR 0011).

    def __str__(self) -> str:
        return self.public_id


class Participant(models.Model):
    """Who takes part, since which message, and up to where they have read."""

    class Role(models.TextChoices):
        ASKER = "asker", _("vrager")
        HELPER = "helper", _("helper")
        PROXY = "proxy", _("namens iemand")
        GUEST = "guest", _("gast")

    conversation = models.ForeignKey(Conversation, models.PROTECT, related_name="participants")
    resident = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="conversations")
    role = models.CharField(max_length=6, choices=Role.choices)
    # They see what was written after this number, and nothing before.
    joined_seq = models.PositiveBigIntegerField(default=0)
    joined_at = models.DateTimeField(default=timezone.now)
    # Up to where messages reached a device of theirs ("bezorgd").
    reached_seq = models.PositiveBigIntegerField(default=0)
    read_seq = models.PositiveBigIntegerField(default=0)
    # Up to where they were told by letter; not told again until they have read that far.
    told_seq = models.PositiveBigIntegerField(default=0)
    muted = models.BooleanField(default=False)
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["conversation", "resident"], name="participant_once"),
        ]
        indexes = [models.Index(fields=["resident", "left_at"], name="participant_by_resident")]

    def __str__(self) -> str:
        return f"{self.role} {self.conversation_id}"

    @property
    def takes_part(self) -> bool:
        """Whether they are still in the conversation."""
        return self.left_at is None

    @property
    def is_party(self) -> bool:
        """Whether they agree things here, themselves or for who asks; a guest only talks along."""
        return self.role != self.Role.GUEST


class Message(models.Model):
    """One sealed message, or a line of the system ("Bilal zei ja")."""

    class Kind(models.TextChoices):
        TEXT = "text", _("bericht")
        SYSTEM = "system", _("melding")
        ERASED = "erased", _("verwijderd")

    # Its constraints are its indexes: a second one for the key alone would only cost.
    conversation = models.ForeignKey(Conversation, models.PROTECT, related_name="messages", db_index=False)
    seq = models.PositiveBigIntegerField()
    sender = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=6, choices=Kind.choices, default=Kind.TEXT)
    # Sealed text; for a system line the sealed JSON of its name and facts, put into words when shown.
    body = models.BinaryField()
    # Made at sending over words, sender and time: a copy in a report that is not what was sent shows (chat/tags.py).
    tag = models.BinaryField(null=True, blank=True)
    # Given by the sender's page, so that a retry is stored once.
    client_key = models.UUIDField(null=True, blank=True)
    created_at = models.DateTimeField()
    hidden_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["seq"]
        constraints = [
            models.UniqueConstraint(fields=["conversation", "seq"], name="message_seq_once"),
            models.UniqueConstraint(fields=["conversation", "sender", "client_key"], name="message_client_key_once"),
        ]

    def __str__(self) -> str:
        return f"{self.conversation_id}:{self.seq}"


class Appointment(models.Model):
    """When the two will meet: proposed by one, agreed by the other. The words beside it are sealed.

    A new proposal stands beside the agreed moment until it is agreed itself; only then the old one is replaced.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", _("voorgesteld")
        AGREED = "agreed", _("afgesproken")
        REPLACED = "replaced", _("vervangen")
        CANCELLED = "cancelled", _("afgezegd")

    conversation = models.ForeignKey(Conversation, models.PROTECT, related_name="appointments")
    engagement = models.ForeignKey(Engagement, models.PROTECT, related_name="appointments")
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    # Empty: agreed without a fixed moment ("we zien wel wanneer").
    starts_at = models.DateTimeField(null=True, blank=True)
    duration_minutes = models.PositiveSmallIntegerField(default=60)
    place = models.BinaryField(null=True, blank=True)
    note = models.BinaryField(null=True, blank=True)
    door_words = models.BinaryField(null=True, blank=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.PROPOSED)
    # The revision of the calendar entry: every change that a calendar must notice adds one.
    sequence = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    agreed_at = models.DateTimeField(null=True, blank=True)
    reminded_day_at = models.DateTimeField(null=True, blank=True)
    reminded_hour_at = models.DateTimeField(null=True, blank=True)
    # When both were asked how it went.
    asked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["engagement"],
                condition=models.Q(state="proposed"),
                name="appointment_one_proposal_per_place",
            ),
            models.UniqueConstraint(
                fields=["engagement"],
                condition=models.Q(state="agreed"),
                name="appointment_one_agreed_per_place",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="proposed") | models.Q(starts_at__isnull=False),
                name="appointment_proposal_has_a_moment",
            ),
        ]
        indexes = [
            models.Index(fields=["starts_at"], name="appointment_agenda", condition=models.Q(state="agreed")),
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.conversation_id}"


class Thanks(models.Model):
    """A private thank-you after the help; seen by its receiver only, counted nowhere."""

    engagement = models.OneToOneField(Engagement, models.PROTECT, related_name="thanks")
    conversation = models.ForeignKey(Conversation, models.PROTECT, related_name="+")
    body = models.BinaryField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name_plural = "thanks"

    def __str__(self) -> str:
        return f"thanks {self.engagement_id}"


class Turn(models.Model):
    """Who of a weekly circle comes on which date; holds as long as that helper has a place."""

    conversation = models.ForeignKey(Conversation, models.PROTECT, related_name="turns")
    day = models.DateField()
    helper = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    taken_at = models.DateTimeField(auto_now=True)
    # When the helper was reminded, the day before.
    reminded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["conversation", "day"], name="turn_one_helper_a_day")]
        indexes = [models.Index(fields=["day"], name="turn_to_remind", condition=models.Q(reminded_at=None))]

    def __str__(self) -> str:
        return f"{self.day} {self.conversation_id}"


class GuestInvite(models.Model):
    """A place at the table that the asker keeps for one more: used once, seen by everybody in the conversation."""

    conversation = models.ForeignKey(Conversation, models.PROTECT, related_name="guest_invites")
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    # Whom it is for, when chosen from the team's list; empty for a link that the asker passes on.
    guest = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["conversation", "used_at"], name="guest_invite_open")]

    def __str__(self) -> str:
        return f"guest {self.conversation_id}"


class Manners(models.Model):
    """What somebody lets others see of them, and so sees of others: that they read, that they type."""

    resident = models.OneToOneField(settings.AUTH_USER_MODEL, models.PROTECT, related_name="talk_manners")
    shows_reading = models.BooleanField(default=True)
    shows_typing = models.BooleanField(default=True)

    class Meta:
        verbose_name_plural = "manners"

    def __str__(self) -> str:
        return f"manners {self.resident_id}"
