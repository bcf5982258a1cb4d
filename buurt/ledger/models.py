"""What happened (entries) and what is still to do (jobs)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Entry(models.Model):
    """One line of the audit trail: who did what to which thing; ids and states only, never anyone's words."""

    at = models.DateTimeField(auto_now_add=True)
    # Plain numbers, not foreign keys: the ledger is the lowest room and outlives what it speaks of.
    actor_id = models.BigIntegerField(null=True, blank=True)
    verb = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    facts = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["subject_kind", "subject_id", "id"], name="ledger_entry_subject"),
            models.Index(fields=["actor_id", "id"], name="ledger_entry_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject_kind}:{self.subject_id}"


class Job(models.Model):
    """Work that must survive a crash: written in the caller's transaction, claimed once, safe to run twice."""

    class State(models.TextChoices):
        WAITING = "waiting", _("wacht")
        RUNNING = "running", _("bezig")
        DONE = "done", _("klaar")
        FAILED = "failed", _("mislukt")

    task = models.CharField(max_length=100)
    args = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    due_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["due_at"], name="ledger_job_due", condition=models.Q(state__in=["waiting", "running"])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task} {self.state}"


class Heartbeat(models.Model):
    """When a worker or clock last did its round; /readyz reads it."""

    name = models.CharField(max_length=40, unique=True)
    beat_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
