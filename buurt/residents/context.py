"""What every page knows about the person's roles."""

from typing import Any

from django.http import HttpRequest

from buurt.residents.models import Role


def roles(request: HttpRequest) -> dict[str, Any]:
    """Give templates the roles of the person, one query for staff only."""
    names: frozenset[str] = getattr(request, "role_names", frozenset())
    return {
        "is_moderator": Role.Name.MODERATOR in names,
        "is_broker": Role.Name.BROKER in names,
        "is_manager": Role.Name.MANAGER in names,
    }
