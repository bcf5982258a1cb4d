"""Teams, initiatives and counters of a community."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from buurt.communities.models import Area, Community


class Organisation(models.Model):
    """A team, initiative or counter that people can call or visit."""

    class Kind(models.TextChoices):
        TEAM = "team", _("buurtteam")
        INITIATIVE = "initiative", _("initiatief")
        COUNTER = "counter", _("loket")

    community = models.ForeignKey(Community, models.PROTECT, related_name="organisations")
    area = models.ForeignKey(Area, models.SET_NULL, null=True, blank=True)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    slot = models.SlugField(blank=True, help_text="wegwijzer slot it fills: schuldhulp, taalhuis ...")
    name = models.CharField(max_length=120)
    phone = models.CharField(max_length=20, blank=True)
    hours = models.CharField(max_length=120, blank=True)
    address = models.CharField(max_length=160, blank=True)
    website = models.URLField(blank=True)
    checked_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
