"""Residents: accounts, what they tell about themselves, what they want to be asked for, and whom they block."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from buurt.communities.categories import Category
from buurt.communities.models import Area, Community
from buurt.ledger.ids import new_public_id


class ResidentManager(BaseUserManager["Resident"]):
    """Creates residents by e-mail address; there are no user names."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Resident":
        """Create a resident; without a password the account opens by e-mail code only."""
        resident = self.model(email=self.normalize_email(email).lower(), **fields)
        if password:
            resident.set_password(password)
        else:
            resident.set_unusable_password()
        resident.save(using=self._db)
        return resident

    def get_by_natural_key(self, username: str | None) -> "Resident":
        """Return the resident with this address in any case."""
        return self.get(email__iexact=username or "")


class Resident(AbstractBaseUser):
    """A person with an account. No address, birth date, gender or BSN: four digits and a cell say where."""

    class AgeBand(models.TextChoices):
        YOUNG = "16-17", _("16 of 17 jaar")
        ADULT = "18+", _("18 jaar of ouder")

    email = models.EmailField(unique=True)
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    display_name = models.CharField(max_length=40, blank=True)
    about = models.CharField(max_length=200, blank=True)
    languages = models.JSONField(default=list)
    # In which language pages and mails come, once known; what they speak with neighbours is `languages`.
    language = models.CharField(max_length=8, blank=True)
    age_band = models.CharField(max_length=5, choices=AgeBand.choices, blank=True)
    community = models.ForeignKey(Community, models.PROTECT, null=True, blank=True, related_name="residents")
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True)
    postcode = models.CharField(max_length=4, blank=True)
    cell = models.BigIntegerField(null=True, blank=True, db_index=True)
    rules_accepted_at = models.DateTimeField(null=True, blank=True)
    is_active = models.BooleanField(default=True)
    restricted_until = models.DateTimeField(null=True, blank=True)
    joined_at = models.DateTimeField(auto_now_add=True)
    seen_on = models.DateField(null=True, blank=True)
    # Told that the account goes because it is not used (residents/services/inactivity.py).
    inactive_told_on = models.DateField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[ResidentManager] = ResidentManager()

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="resident_email_once_in_any_case")]

    def __str__(self) -> str:
        return self.display_name or str(_("een buur"))

    @property
    def has_place(self) -> bool:
        """Whether we know the community and cell, without which nothing can be matched."""
        return self.community_id is not None and self.cell is not None

    @property
    def is_ready(self) -> bool:
        """Whether name, place and accepted house rules are there, as the first sending asks."""
        return bool(self.display_name and self.has_place and self.rules_accepted_at)


class Role(models.Model):
    """A staff role in one community; held by a person with a second factor."""

    class Name(models.TextChoices):
        BROKER = "broker", _("sociaal makelaar")
        MODERATOR = "moderator", _("moderator")
        COMPLAINTS = "complaints", _("klachtbehandelaar")
        MANAGER = "manager", _("beheerder")

    resident = models.ForeignKey(Resident, models.CASCADE, related_name="roles")
    community = models.ForeignKey(Community, models.CASCADE)
    name = models.CharField(max_length=12, choices=Name.choices)
    granted_by = models.ForeignKey(Resident, models.PROTECT, null=True, blank=True, related_name="+")
    granted_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["resident", "community", "name"], name="role_granted_once")]

    def __str__(self) -> str:
        return f"{self.name} {self.community_id}"


class HelpPreferences(models.Model):
    """ "Vraag mij maar": what a helper wants to be asked for, how far, when and how often."""

    resident = models.OneToOneField(Resident, models.CASCADE, related_name="help_preferences")
    active = models.BooleanField(default=False)
    distance_km = models.PositiveSmallIntegerField(default=3)
    # Three parts of the day times seven days; bit = weekday * 3 + part (0 morning, 1 afternoon, 2 evening).
    # All 21 on = any time.
    times = models.PositiveIntegerField(default=(1 << 21) - 1)
    asks_a_month = models.PositiveSmallIntegerField(default=3)
    limits = models.JSONField(default=list)
    paused_until = models.DateField(null=True, blank=True)
    quiet_from = models.TimeField(default="21:00")
    quiet_until = models.TimeField(default="08:00")
    switched_on_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(times__lt=1 << 21), name="help_times_within_the_week"),
            models.CheckConstraint(condition=models.Q(asks_a_month__range=(1, 30)), name="help_asks_a_month_1_to_30"),
        ]

    def __str__(self) -> str:
        return f"vraag mij maar {self.resident_id}"


class HelpKind(models.Model):
    """One kind of help a helper switched on; a row, so that matching can look it up on both databases."""

    preferences = models.ForeignKey(HelpPreferences, models.CASCADE, related_name="kinds")
    category = models.CharField(max_length=12, choices=Category.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["preferences", "category"], name="help_kind_once")]
        indexes = [models.Index(fields=["category", "preferences"], name="help_kind_by_category")]

    def __str__(self) -> str:
        return self.category


class Block(models.Model):
    """A resident who does not want to meet another one; works both ways and is never shown to the other."""

    blocker = models.ForeignKey(Resident, models.CASCADE, related_name="blocks_made")
    blocked = models.ForeignKey(Resident, models.CASCADE, related_name="blocks_met")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["blocker", "blocked"], name="block_once"),
            models.CheckConstraint(condition=~models.Q(blocker=models.F("blocked")), name="block_not_oneself"),
        ]

    def __str__(self) -> str:
        return f"{self.blocker_id} {self.blocked_id}"


class AccountMail(models.Model):
    """A mail about an account that waits to be sent (residents/post.py): address and words sealed, gone once sent."""

    sealed_key = models.BinaryField()
    sealed = models.BinaryField()
    good_until = models.DateTimeField(db_index=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"account mail {self.pk}"
