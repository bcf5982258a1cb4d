"""App configuration of posts."""

from django.apps import AppConfig


class PostsConfig(AppConfig):
    """The room `posts`."""

    name = "posts"
    label = "posts"

    def ready(self) -> None:
        """Tell the lower rooms what posts have for them."""
        from posts import letters, personal, story, subjects

        story.register()
        subjects.register()
        letters.register()
        personal.register()
