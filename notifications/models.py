"""What must reach a person: one row per person, kind and channel, claimed once and sent."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Delivery(models.Model):
    """One message to one person over one channel. The row is the truth; sending it claims it first."""

    class Channel(models.TextChoices):
        EMAIL = "email", _("e-mail")
        WEBPUSH = "webpush", _("op je telefoon")
        INAPP = "inapp", _("in Buurt")

    class State(models.TextChoices):
        WAITING = "waiting", _("wacht")
        SENDING = "sending", _("onderweg")
        SENT = "sent", _("verstuurd")
        FAILED = "failed", _("mislukt")
        DROPPED = "dropped", _("niet meer nodig")

    resident = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="deliveries")
    channel = models.CharField(max_length=8, choices=Channel.choices)
    kind = models.CharField(max_length=40)
    # What it is about, as ids: {"invitation": 12}. Words are made when it is sent or shown.
    facts = models.JSONField(default=dict)
    # The same news is delivered once: kind and ids put together by the listener.
    once_key = models.CharField(max_length=100)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    due_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=120, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = [models.UniqueConstraint(fields=["resident", "channel", "once_key"], name="delivery_once")]
        indexes = [
            models.Index(fields=["due_at"], name="delivery_due", condition=models.Q(state__in=["waiting", "sending"])),
            models.Index(fields=["resident", "channel", "created_at"], name="delivery_inbox"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"


class PushSubscription(models.Model):
    """One browser that shows messages for one person: an address at its maker's push service, and keys to seal with."""

    resident = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="push_subscriptions")
    endpoint = models.CharField(max_length=1000)
    # An address is too long for a unique index on every database; its SHA-256 is not.
    endpoint_hash = models.CharField(max_length=64, unique=True)
    p256dh = models.CharField(max_length=100)
    auth = models.CharField(max_length=40)
    # SHA-256 of the session it was made in: when that ends, this ends.
    session_hash = models.CharField(max_length=64, db_index=True)
    device = models.CharField(max_length=60, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return self.device


class Wishes(models.Model):
    """How one person wants to hear of things, where that differs from the ordinary: both, for everything."""

    resident = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="message_wishes")
    # Slugs of families (notifications/families.py) that are not mailed, and not shown on the telephone.
    mail_off = models.JSONField(default=list)
    push_off = models.JSONField(default=list)
    # They said "never ask me again"; the settings page stays the way back.
    push_refused_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "wishes"

    def __str__(self) -> str:
        return f"wishes of {self.resident_id}"


class SentMail(models.Model):
    """Demo mode only: a mail kept to be looked at in the app instead of being sent."""

    to = models.CharField(max_length=254)
    subject = models.CharField(max_length=250)
    text = models.TextField()
    html = models.TextField(blank=True)
    sent_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.subject
