"""The clock's rounds over places and posts."""

from celery import shared_task

from posts import services


@shared_task(name="posts.sweep_places")
def sweep_places() -> None:
    """Give back the places that nobody agreed on in time."""
    services.sweep_places()


@shared_task(name="posts.sweep_posts")
def sweep_posts() -> None:
    """Warn before the end, and end what is over."""
    services.sweep_posts()
