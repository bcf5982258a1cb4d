"""Work of this room: what the clock does, and what follows when a place is given back. Ids only, safe to run twice."""

from celery import shared_task
from django.utils import timezone

from buurt.residents.models import Resident
from chat import services
from chat.hub import hub
from posts.models import Engagement, Post


@shared_task(name="chat.sweep")
def sweep() -> None:
    """Tell of unread messages, remind of appointments, ask how it went."""
    now = timezone.now()
    services.tell_of_unread(now)
    services.remind_of_appointments(now)
    services.remind_of_turns(now)
    services.ask_for_outcomes(now)


@shared_task(name="chat.place_released")
def place_released(engagement_id: int) -> None:
    """Show in the conversation that the place was given back."""
    engagement = Engagement.objects.select_related("slot__post").get(pk=engagement_id)
    services.place_was_released(engagement=engagement)


@shared_task(name="chat.post_ended")
def post_ended(post_id: int) -> None:
    """Let nobody act for the asker any longer."""
    services.end_proxies(post=Post.objects.get(pk=post_id))


@shared_task(name="chat.people_parted")
def people_parted(blocker_id: int, blocked_id: int) -> None:
    """Carry a block through in the conversations of the two."""
    people = Resident.objects.in_bulk([blocker_id, blocked_id])
    if len(people) == 2:
        services.part_people(by=people[blocker_id], other=people[blocked_id])


@shared_task(name="chat.person_gone")
def person_gone(resident_id: int) -> None:
    """Close the open pages of somebody whose account is gone."""
    hub.tell([resident_id], {"type": "bye"})
