"""A municipality's platform and its places: areas people know by name, made of postcodes, each with a cell."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Postcode(models.Model):
    """A Dutch four-digit postcode with the H3 cell (resolution 8) of its centre; the reference list, never edited."""

    class Kind(models.TextChoices):
        ADDRESS = "address", _("adressen")
        POBOX = "pobox", _("postbussen")
        BOTH = "both", _("adressen en postbussen")

    digits = models.CharField(max_length=4, unique=True)
    place = models.CharField(max_length=80)
    # The source is from 2014 and names are not unique: a municipality is known by name and province together.
    municipality = models.CharField(max_length=80)
    province = models.CharField(max_length=40)
    kind = models.CharField(max_length=7, choices=Kind.choices)
    cell = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["municipality", "province"], name="postcode_municipality")]

    def __str__(self) -> str:
        return f"{self.digits} {self.place}"


class Community(models.Model):
    """One municipality's platform: its name, telephone, texts and what is switched on."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=80)
    municipality = models.CharField(max_length=80)
    province = models.CharField(max_length=40)
    phone = models.CharField(max_length=20)
    phone_hours = models.CharField(max_length=80)
    email = models.EmailField()
    team_name = models.CharField(max_length=80, default="het buurtteam")
    insurance_text = models.TextField(blank=True)
    theme = models.SlugField(default="buurt")
    # What stands in the addresses of the community's own style sheet and logo; empty when it has none.
    theme_version = models.CharField(max_length=12, blank=True)
    logo_version = models.CharField(max_length=12, blank=True)
    logo_kind = models.CharField(max_length=3, blank=True)
    logo_width = models.PositiveSmallIntegerField(default=0)
    site_name = models.CharField(max_length=30, blank=True)
    # Spoken here most; those we have a catalogue of can be chosen for the pages.
    languages = models.JSONField(default=list)
    # Whether the pages say "u" instead of "je".
    formal = models.BooleanField(default=False)
    categories_off = models.JSONField(default=list)
    modules_off = models.JSONField(default=list)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name_plural = "communities"

    def __str__(self) -> str:
        return self.name


class HouseStyle(models.Model):
    """What a community's manager uploaded: its own theme as checked tokens, and its cleaned logo."""

    community = models.OneToOneField(Community, models.CASCADE, related_name="house_style")
    name = models.CharField(max_length=60, blank=True)
    tokens = models.JSONField(default=dict)
    sheet = models.TextField(blank=True)
    logo = models.BinaryField(null=True)
    changed_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"{self.community_id} {self.name}"


class CommunityHost(models.Model):
    """A host name that leads visitors to a community."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="hosts")
    host = models.CharField(max_length=253, unique=True)

    def __str__(self) -> str:
        return self.host


class Area(models.Model):
    """A part of a community under a name people use: a village, a district."""

    community = models.ForeignKey(Community, models.PROTECT, related_name="areas")
    name = models.CharField(max_length=80)
    slug = models.SlugField()
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "name"]
        constraints = [models.UniqueConstraint(fields=["community", "slug"], name="area_slug_once_per_community")]

    def __str__(self) -> str:
        return self.name


class AreaShare(models.Model):
    """Two areas on both sides of a municipal border whose neighbours help each other; one row says it for both."""

    area = models.ForeignKey(Area, models.CASCADE, related_name="shares")
    other = models.ForeignKey(Area, models.CASCADE, related_name="shared_by")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["area", "other"], name="area_share_once"),
            models.CheckConstraint(condition=models.Q(area__lt=models.F("other")), name="area_share_lower_first"),
        ]

    def __str__(self) -> str:
        return f"{self.area_id} {self.other_id}"


class AreaShareOffer(models.Model):
    """What one municipality offers another: to let neighbours of `area` and of `other` help each other."""

    area = models.ForeignKey(Area, models.CASCADE, related_name="shares_offered")
    other = models.ForeignKey(Area, models.CASCADE, related_name="shares_asked")
    offered_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["area", "other"], name="area_share_offered_once")]

    def __str__(self) -> str:
        return f"{self.area_id} asks {self.other_id}"


class CommunityPostcode(models.Model):
    """Which community and area a postcode belongs to; the community's own table, edited where the old list is wrong."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="postcodes")
    area = models.ForeignKey(Area, models.PROTECT, related_name="postcodes")
    digits = models.CharField(max_length=4, unique=True)
    cell = models.BigIntegerField(db_index=True)

    def __str__(self) -> str:
        return self.digits
