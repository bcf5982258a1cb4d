"""Work of this room: what the clock does, and what follows when a place is given back. Ids only, safe to run twice."""

from celery import shared_task
from django.utils import timezone

from chat import services
from posts.models import Engagement


@shared_task(name="chat.sweep")
def sweep() -> None:
    """Tell of unread messages, remind of appointments, ask how it went."""
    now = timezone.now()
    services.tell_of_unread(now)
    services.remind_of_appointments(now)
    services.ask_for_outcomes(now)


@shared_task(name="chat.place_released")
def place_released(engagement_id: int) -> None:
    """Show in the conversation that the place was given back."""
    engagement = Engagement.objects.select_related("slot__post").get(pk=engagement_id)
    services.place_was_released(engagement=engagement)
