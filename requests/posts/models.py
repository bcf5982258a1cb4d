"""Asks and offers on the board, their places (slots) and who helps (engagements)."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buurt.communities.categories import Category
from buurt.communities.models import Area, Community
from buurt.ledger.ids import new_short_code


class Post(models.Model):
    """An ask or an offer. Its words are the author's; what visitors see is made from the fields."""

    class Kind(models.TextChoices):
        ASK = "ask", _("vraag")
        OFFER = "offer", _("aanbod")

    class Visibility(models.TextChoices):
        PUBLIC = "public", _("Op het prikbord")
        QUIET = "quiet", _("Stil")
        CIRCLE = "circle", _("Eerst mijn eigen kring")

    class Reach(models.TextChoices):
        AREA = "area", _("Mijn buurt")
        TOWN = "town", _("De hele gemeente")

    class State(models.TextChoices):
        DRAFT = "draft", _("concept")
        HELD = "held", _("wacht op een moderator")
        OPEN = "open", _("open")
        PAUSED = "paused", _("gepauzeerd")
        CLOSED = "closed", _("afgerond")
        WITHDRAWN = "withdrawn", _("ingetrokken")
        EXPIRED = "expired", _("verlopen")

    class Timing(models.TextChoices):
        SOON = "soon", _("Zo snel mogelijk")
        DAY = "day", _("Op een dag")
        ANY = "any", _("Het maakt niet uit")
        WEEKLY = "weekly", _("Elke week")

    class OnBehalf(models.TextChoices):
        SELF = "self", _("Voor mij")
        OTHER = "other", _("Voor iemand voor wie ik zorg")

    public_id = models.CharField(max_length=8, unique=True, default=new_short_code, editable=False)
    community = models.ForeignKey(Community, models.PROTECT)
    area = models.ForeignKey(Area, models.PROTECT)
    cell = models.BigIntegerField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="posts")
    kind = models.CharField(max_length=5, choices=Kind.choices)
    category = models.CharField(max_length=12, choices=Category.choices)
    visibility = models.CharField(max_length=6, choices=Visibility.choices, default=Visibility.PUBLIC)
    reach = models.CharField(max_length=4, choices=Reach.choices, default=Reach.TOWN)
    title = models.CharField(max_length=80)
    text = models.TextField(max_length=2000, blank=True)
    language = models.CharField(max_length=8, default="nl")
    # Languages in which the author can talk with a helper; empty means any will do.
    spoken = models.JSONField(default=list)
    # What a helper should know beforehand: slugs of posts/needs.py ("stairs", "pets" ...).
    needs = models.JSONField(default=list, blank=True)
    on_behalf_of = models.CharField(max_length=5, choices=OnBehalf.choices, default=OnBehalf.SELF)
    timing = models.CharField(max_length=6, choices=Timing.choices, default=Timing.ANY)
    # For a weekly ask: 0 Monday ... 6 Sunday.
    weekday = models.PositiveSmallIntegerField(null=True, blank=True)
    duration_minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    # When the ask loses its sense; matching stops here.
    deadline = models.DateTimeField(null=True, blank=True)
    # When an unanswered post leaves the board (with a warning and one-tap renewal before).
    expires_at = models.DateTimeField(null=True, blank=True)
    warned_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.DRAFT)
    # Hidden by moderation: a second axis, so that restoring puts everything back.
    hidden_at = models.DateTimeField(null=True, blank=True)
    # A form sent twice publishes once.
    form_key = models.UUIDField(null=True, blank=True)
    broker_consent = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)
    published_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    # What the search index reads: stems of title and text; written by services, see posts/search.
    search_stems = models.TextField(blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["author", "form_key"], name="post_form_sent_once"),
            models.CheckConstraint(
                condition=~models.Q(state="open") | models.Q(published_at__isnull=False),
                name="post_open_has_been_published",
            ),
            models.CheckConstraint(
                condition=models.Q(weekday__isnull=True) | models.Q(weekday__lte=6),
                name="post_weekday_of_the_week",
            ),
        ]
        indexes = [
            models.Index(fields=["community", "kind", "state", "published_at"], name="post_board"),
            models.Index(fields=["community", "kind", "category", "state", "published_at"], name="post_board_category"),
            models.Index(fields=["cell", "state"], name="post_by_cell"),
            models.Index(fields=["author", "created_at"], name="post_by_author"),
            models.Index(fields=["expires_at"], name="post_expiring", condition=models.Q(state="open")),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id}"

    @property
    def is_ask(self) -> bool:
        """Whether somebody asks for help here (and not offers it)."""
        return self.kind == self.Kind.ASK

    @property
    def is_standing_offer(self) -> bool:
        """Whether it is offered again and again, and so not over when somebody took it up."""
        return self.kind == self.Kind.OFFER and self.timing != self.Timing.DAY

    @property
    def is_hidden(self) -> bool:
        """Whether a moderator has hidden it."""
        return self.hidden_at is not None


class Slot(models.Model):
    """A moment (or "any time") with one or more places. A simple ask has one slot, a rota has many."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="slots")
    starts_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    places = models.PositiveSmallIntegerField(default=1)
    # Places reserved or agreed, of an ask also done; moved only by compare-and-set: two never take the last one.
    taken = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["starts_at", "id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(taken__lte=models.F("places")), name="slot_never_overfull"),
            models.CheckConstraint(condition=models.Q(places__range=(1, 50)), name="slot_has_places"),
        ]

    def __str__(self) -> str:
        return f"{self.post_id} {self.taken}/{self.places}"


class Engagement(models.Model):
    """One neighbour on one place: reserved by a yes, agreed together, done or not; or given back.

    `helper` is the neighbour who answered the post. On an offer that is the one who takes it up, and the author helps.
    """

    class State(models.TextChoices):
        RESERVED = "reserved", _("gereserveerd")
        AGREED = "agreed", _("afgesproken")
        DONE = "done", _("gelukt")
        NOT_DONE = "not_done", _("niet gelukt")
        CANCELLED = "cancelled", _("afgezegd")
        NO_SHOW = "no_show", _("niet gekomen")

    class Outcome(models.TextChoices):
        HAPPENED = "happened", _("Het is gelukt")
        NOT = "not", _("Het is niet gelukt")
        LATER = "later", _("Het komt nog")

    slot = models.ForeignKey(Slot, models.PROTECT, related_name="engagements")
    helper = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="engagements")
    state = models.CharField(max_length=9, choices=State.choices, default=State.RESERVED)
    reserved_at = models.DateTimeField()
    # A place without agreement re-opens at this moment (24 hours, urgent 2).
    agree_before = models.DateTimeField()
    agreed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    asker_says = models.CharField(max_length=8, choices=Outcome.choices, blank=True)
    helper_says = models.CharField(max_length=8, choices=Outcome.choices, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["slot", "helper"],
                condition=models.Q(state__in=["reserved", "agreed"]),
                name="engagement_one_live_place_per_helper",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="agreed") | models.Q(agreed_at__isnull=False),
                name="engagement_agreed_when",
            ),
        ]
        indexes = [
            models.Index(fields=["agree_before"], name="engagement_clock", condition=models.Q(state="reserved")),
            models.Index(fields=["helper", "state"], name="engagement_by_helper"),
        ]

    def __str__(self) -> str:
        return f"{self.state} slot {self.slot_id}"
