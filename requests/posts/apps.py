"""App configuration of posts."""

from django.apps import AppConfig


class PostsConfig(AppConfig):
    """The room `posts`."""

    name = "posts"
    label = "posts"
