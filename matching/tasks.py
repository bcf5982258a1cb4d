"""Matching's work in the background: ids in, safe to run twice, no rules."""

from celery import shared_task

from buurt.residents.models import Resident
from matching import services
from posts.models import Engagement, Post


@shared_task(name="matching.start")
def start(post_id: int) -> None:
    """Begin looking for helpers and ask the first ones; of an offer, tell who asks for it."""
    post = Post.objects.get(pk=post_id)
    services.start_search(post=post)
    services.offer_made(post=post)
    # Whatever is due now, so that many asks that came together are planned with one look at the neighbourhood.
    services.sweep_waves()


@shared_task(name="matching.resume")
def resume(post_id: int) -> None:
    """Go on looking after a place came free, a pause ended, or an ask was renewed or changed."""
    services.resume_search(post=Post.objects.get(pk=post_id))
    services.sweep_waves()


@shared_task(name="matching.changed")
def changed(post_id: int) -> None:
    """Look anew after an ask was changed or renewed."""
    services.ask_changed(post=Post.objects.get(pk=post_id))
    services.sweep_waves()


@shared_task(name="matching.wishes_changed")
def wishes_changed(resident_id: int) -> None:
    """Somebody may fit now who did not before."""
    services.helper_came_forward(resident=Resident.objects.get(pk=resident_id))
    services.sweep_waves()


@shared_task(name="matching.people_parted")
def people_parted(one_id: int, other_id: int) -> None:
    """Call off what two people were asked about each other."""
    services.people_parted(one_id=one_id, other_id=other_id)


@shared_task(name="matching.place_released")
def place_released(engagement_id: int, because: str) -> None:
    """Keep in mind whom the asker declined."""
    services.note_released(engagement=Engagement.objects.get(pk=engagement_id), because=because)


@shared_task(name="matching.stop")
def stop(post_id: int) -> None:
    """Stop looking: paused, ended or hidden."""
    post = Post.objects.get(pk=post_id)
    if post.state == Post.State.OPEN and not post.is_hidden:
        return  # it was re-opened meanwhile
    services.stop_search(post=post, because=post.state if not post.is_hidden else "hidden")


@shared_task(name="matching.learn")
def learn() -> None:
    """Once a night, refit what was learned from answers."""
    services.learn_all()


@shared_task(name="matching.sweep_waves")
def sweep_waves() -> None:
    """Send every wave that is due."""
    services.sweep_waves()
