"""An agreed moment as a calendar file (RFC 5545): the same UID when it moves, a higher SEQUENCE, Dutch clocks."""

from datetime import timedelta
from email.utils import parseaddr
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Alarm, Calendar, Event

from chat.access import Talk, other_side
from chat.models import Appointment

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def calendar_file(talk: Talk, appointment: Appointment) -> bytes:
    """Return the file for one reader, without door word, place and note: calendars are shared and copied.

    Of a cancelled moment it is the message that takes it out again: the same UID, one revision on (RFC 5546, 3.2.5).
    """
    is_off = appointment.state == Appointment.State.CANCELLED
    assert appointment.starts_at is not None, "without a moment there is nothing to put in a calendar"  # noqa: S101
    starts_at = appointment.starts_at.astimezone(AMSTERDAM)
    names = {"name": str(other_side(talk, appointment.engagement)), "title": talk.conversation.post.title}
    event = Event()
    event.add(
        "uid", f"{talk.conversation.public_id}-{appointment.engagement_id}@{urlsplit(settings.PUBLIC_URL).hostname}"
    )
    event.add("sequence", appointment.sequence)
    event.add("dtstamp", timezone.now())
    event.add("dtstart", starts_at)
    event.add("dtend", starts_at + timedelta(minutes=appointment.duration_minutes))
    event.add("summary", _("%(title)s, met %(name)s") % names)
    event.add("url", settings.PUBLIC_URL + reverse("chat:conversation", args=[talk.conversation.public_id]))
    event.add("status", "CANCELLED" if is_off else "CONFIRMED")
    event.add("class", "PRIVATE")
    event.add("organizer", f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}")
    if not is_off:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", _("Afspraak met %(name)s") % names)
        alarm.add("trigger", timedelta(hours=-1))
        event.add_component(alarm)
    file = Calendar()
    file.add("prodid", "-//Buurt//Afspraak//NL")
    file.add("version", "2.0")
    file.add("method", "CANCEL" if is_off else "PUBLISH")
    file.add_component(event)
    file.add_missing_timezones()
    return bytes(file.to_ical())
