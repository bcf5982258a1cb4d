"""Whom we asked for which ask, in which wave, why, and what they said."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from buurt.communities.models import Community
from posts.models import Post, Slot


class Search(models.Model):
    """The running search for one ask: which wave comes next and when. One row per post; the clock claims it."""

    class State(models.TextChoices):
        RUNNING = "running", _("zoekt")
        STOPPED = "stopped", _("gestopt")
        BROKER = "broker", _("bij het buurtteam")
        EXHAUSTED = "exhausted", _("niemand gevonden")

    post = models.OneToOneField(Post, models.PROTECT, related_name="search")
    state = models.CharField(max_length=9, choices=State.choices, default=State.RUNNING)
    waves_sent = models.PositiveSmallIntegerField(default=0)
    # How far the next wave looks: 0 as helpers said, 1 a little further, 2 kinds of help that are near as well.
    widened = models.PositiveSmallIntegerField(default=0)
    next_wave_at = models.DateTimeField(null=True, blank=True)
    # What one certain yes was worth at the last plan (pi): decides what travels along with other asks.
    unmet = models.FloatField(default=1.0)
    stopped_because = models.CharField(max_length=20, blank=True)
    started_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "searches"
        indexes = [models.Index(fields=["next_wave_at"], name="search_due", condition=models.Q(state="running"))]

    def __str__(self) -> str:
        return f"{self.state} post {self.post_id}"


class Wave(models.Model):
    """One round of asking: its number, when it went out and when the next one may."""

    search = models.ForeignKey(Search, models.PROTECT, related_name="waves")
    number = models.PositiveSmallIntegerField()
    sent_at = models.DateTimeField()
    asked = models.PositiveSmallIntegerField(default=0)
    # Chances, prices and the like of this wave, for learning and for explaining (no names).
    log = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["search", "number"], name="wave_numbered_once")]

    def __str__(self) -> str:
        return f"wave {self.number}"


class Invitation(models.Model):
    """One helper asked for one ask, once ever, with the reasons in plain parameters and the answer."""

    class Answer(models.TextChoices):
        NONE = "", _("nog geen antwoord")
        YES = "yes", _("ja")
        NO = "no", _("nee, dit past niet")
        LATER = "later", _("nu niet")
        QUESTION = "question", _("eerst een vraag")

    class State(models.TextChoices):
        OPEN = "open", _("open")
        ANSWERED = "answered", _("beantwoord")
        RESERVE = "reserve", _("reserve")
        WITHDRAWN = "withdrawn", _("niet meer nodig")

    post = models.ForeignKey(Post, models.PROTECT, related_name="invitations")
    slot = models.ForeignKey(Slot, models.PROTECT, null=True, blank=True, related_name="invitations")
    helper = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="invitations")
    wave = models.ForeignKey(Wave, models.PROTECT, null=True, blank=True, related_name="invitations")
    public_id = models.UUIDField(unique=True)
    # e.g. {"category": "transport", "km": 3, "part": "tue-morning", "asked_this_month": 1, "budget": 3}
    reasons = models.JSONField(default=dict)
    state = models.CharField(max_length=9, choices=State.choices, default=State.OPEN)
    answer = models.CharField(max_length=8, choices=Answer.choices, blank=True, default="")
    # Another ask travelled along in one message ("past dit niet? misschien een van deze"): the invitation it came with.
    # Together they are one alert and count as one of the month.
    carried_by = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="carried")
    # The chance of a yes and the price of asking, as the engine saw them when it chose; what learning compares with.
    chance = models.FloatField(null=True, blank=True)
    price = models.FloatField(null=True, blank=True)
    invited_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "helper"], name="invitation_once_per_ask")]
        indexes = [
            models.Index(fields=["helper", "invited_at"], name="invitation_by_helper"),
            models.Index(fields=["post", "state"], name="invitation_by_post"),
        ]

    def __str__(self) -> str:
        return f"{self.state} post {self.post_id}"


class MatchingRules(models.Model):
    """How a community wants its waves; a community without a row has the defaults."""

    class Program(models.TextChoices):
        PRICED = "priced", _("zo groot als het beste uitkomt")
        THREE = "three", _("steeds drie")

    community = models.OneToOneField(Community, models.CASCADE, related_name="matching_rules")
    # One message carries up to four more fitting asks.
    pooling = models.BooleanField(default=True)
    # An ask with a week or more waits up to half a day, so that it can travel with others.
    hold = models.BooleanField(default=False)
    program = models.CharField(max_length=6, choices=Program.choices, default=Program.PRICED)

    class Meta:
        verbose_name_plural = "matching rules"

    def __str__(self) -> str:
        return f"matching {self.community_id}"


class HelperFactor(models.Model):
    """How often one helper says yes, against what was expected; their own datum: shown, reset and erased by them."""

    helper = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="helper_factor")
    factor = models.FloatField(default=1.0)
    # The chance of not coming after a yes, and what this helper is worth to the neighbourhood per day (rho, the price).
    no_show = models.FloatField(default=0.03)
    worth = models.FloatField(default=0.0)
    # Nothing before this moment counts: set by the helper's own "begin opnieuw".
    counts_from = models.DateTimeField(null=True, blank=True)
    fitted_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"helper {self.helper_id}"


class LearnedTables(models.Model):
    """The tables of chance of one community, refitted every night; without a row the shipped ones hold."""

    community = models.OneToOneField(Community, models.CASCADE, related_name="learned_tables")
    tables = models.JSONField(default=dict)
    # How many invitations they rest on.
    seen = models.PositiveIntegerField(default=0)
    # Predicted against seen yes, per tenth of the predictions: [[predicted, seen, count], ...].
    calibration = models.JSONField(default=list)
    fitted_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "learned tables"

    def __str__(self) -> str:
        return f"tables {self.community_id}"
