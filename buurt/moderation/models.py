"""Reports about public content and reported messages, and decisions with reasons. Knows no posts and no chat."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from buurt.communities.models import Community

# A conversation's id and the numbers of twenty messages in it fit.
KEY_LENGTH = 220


class Report(models.Model):
    """Somebody thinks something should not be here. A copy of reported private messages travels with it, sealed."""

    class Reason(models.TextChoices):
        UNSAFE = "unsafe", _("Onveilig of bedreigend")
        INSULT = "insult", _("Beledigend of discriminerend")
        MONEY = "money", _("Vraagt om geld of verkoopt iets")
        PRIVACY = "privacy", _("Privégegevens van iemand")
        FAKE = "fake", _("Nep of misleidend")
        OTHER = "other", _("Iets anders")
        HELD = "held", _("Vooraf tegengehouden")

    class State(models.TextChoices):
        OPEN = "open", _("open")
        DECIDED = "decided", _("besloten")

    community = models.ForeignKey(Community, models.PROTECT)
    # What it is about: the registered kind ("post", "message", "profile") and its key in that room.
    subject_kind = models.CharField(max_length=20)
    subject_key = models.CharField(max_length=KEY_LENGTH)
    reason = models.CharField(max_length=10, choices=Reason.choices)
    explanation = models.TextField(blank=True)
    reporter = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    reporter_email = models.EmailField(blank=True)
    evidence_key = models.BinaryField(null=True, blank=True)
    evidence = models.BinaryField(null=True, blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["community", "state", "created_at"], name="report_queue")]

    def __str__(self) -> str:
        return f"{self.subject_kind} {self.subject_key}"


class Decision(models.Model):
    """What a moderator decided about a subject and why, in words the author reads."""

    class Action(models.TextChoices):
        HIDE = "hide", _("verborgen")
        RESTORE = "restore", _("teruggezet")
        KEEP = "keep", _("laten staan")

    community = models.ForeignKey(Community, models.PROTECT)
    subject_kind = models.CharField(max_length=20)
    subject_key = models.CharField(max_length=KEY_LENGTH)
    report = models.ForeignKey(Report, models.PROTECT, null=True, blank=True, related_name="decisions")
    action = models.CharField(max_length=8, choices=Action.choices)
    # The statement of reasons (DSA art. 17): facts and ground, and the house rule it rests on.
    reasons = models.TextField()
    rule = models.CharField(max_length=60, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="decisions_met")
    decided_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["subject_kind", "subject_key", "decided_at"], name="decision_by_subject")]
        constraints = [models.CheckConstraint(condition=~models.Q(reasons=""), name="decision_has_reasons")]

    def __str__(self) -> str:
        return f"{self.action} {self.subject_kind} {self.subject_key}"
