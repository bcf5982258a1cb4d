"""Requests as our views see them: the middleware has set the community and, behind login, the user is a resident."""

from django.http import HttpRequest

from buurt.communities.models import Community
from buurt.residents.models import Resident


class CommunityRequest(HttpRequest):
    """A request whose community is known to the middleware (None: nobody knows yet which one)."""

    community: Community | None
    role_names: frozenset[str]


class ResidentRequest(CommunityRequest):
    """A request behind a log-in."""

    user: Resident
