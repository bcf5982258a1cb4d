"""What moderation may do with posts: find one for a reporter, show its public words, hide it, put it back."""

from typing import cast

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy

from buurt.ledger.ids import read_short_code
from buurt.moderation.subjects import Reportable, Subject, register_subject
from buurt.residents.models import Resident
from posts import access, services
from posts.models import Post
from posts.moments import spoken_timing
from posts.wording.titles import public_title

KIND = "post"


class PostSubject:
    """An ask or an offer as something that can be reported; its key is its public id."""

    def find(self, key: str, *, viewer: Resident | None) -> Reportable | None:
        """Return the post as this viewer sees it (visitors without words), or None."""
        post = _post(key)
        if post is None:
            return None
        try:
            seen = access.post_for_reader(viewer, post.community, key)
        except Http404:
            return None
        return _reportable(post, title=seen.title or _field_title(post), text=seen.text)

    def show(self, key: str) -> Reportable | None:
        """Return what stood, or will stand, on the board; the words of a quiet post come only with a report."""
        post = _post(key)
        if post is None:
            return None
        if post.visibility == Post.Visibility.PUBLIC or post.state == Post.State.HELD:
            return _reportable(post, title=post.title, text=post.text)
        return _reportable(post, title=_field_title(post), text="")

    def evidence(self, key: str, request: HttpRequest, *, reporter: Resident | None) -> str:
        """Return the words of a quiet post that its reader reports; "" for what stands on the board."""
        seen = self.find(key, viewer=reporter)
        post = _post(key)
        if seen is None or post is None or post.visibility == Post.Visibility.PUBLIC:
            return ""
        return f"{seen.title}\n{seen.text}".strip()

    def hide(self, key: str, *, by: Resident) -> None:
        """Hide the post from everybody but its author."""
        post = _post(key)
        if post is not None:
            services.hide_post(by=by, post=post)

    def restore(self, key: str, *, by: Resident) -> None:
        """Show the post again as it was; one that was held goes on the board."""
        post = _post(key)
        if post is not None:
            services.restore_post(by=by, post=post)
            services.release_held(by=by, post=post)


def _post(key: str) -> Post | None:
    code = read_short_code(key)
    if code is None:
        return None
    return Post.objects.select_related("author", "area", "community").filter(public_id=code).first()


def _field_title(post: Post) -> str:
    when = spoken_timing(post, short=True)
    return public_title(kind=post.kind, category=post.category, area_name=post.area.name, when=when)


def _reportable(post: Post, *, title: str, text: str) -> Reportable:
    return Reportable(
        title=title,
        text=text,
        author=post.author,
        community=post.community,
        hidden=post.is_hidden,
        url=reverse("posts:detail", args=[post.public_id]),
    )


def _make() -> Subject:
    return PostSubject()


def register() -> None:
    """Make posts reportable."""
    register_subject(KIND, cast(str, gettext_lazy("bericht op het prikbord")), _make)
