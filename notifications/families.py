"""The headings under which people choose how they hear of things. Each kind of letter names its family."""

from django.utils.translation import gettext_lazy as _

# slug -> (what it is, an example)
FAMILIES = {
    "asked": (_("Iemand vraagt jou om hulp"), _("Een vraag die bij je past, of het bericht dat er al iemand is.")),
    "own": (_("Je eigen vragen en aanbod"), _("Iemand zei ja, of er is nog niemand gevonden.")),
    "talk": (_("Gesprekken"), _("Een buur schreef je, of bedankt je.")),
    "meet": (_("Afspraken"), _("Een voorstel, een herinnering, of de vraag hoe het ging.")),
    "other": (_("Andere berichten"), _("Wat nergens anders onder valt.")),
}
