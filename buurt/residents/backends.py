"""How the person behind a session is fetched: with their place, in one query."""

from allauth.account.auth_backends import AuthenticationBackend

from buurt.residents.models import Resident


class ResidentBackend(AuthenticationBackend):  # type: ignore[misc]
    """Password check by allauth; the resident comes along with community and area, which every page shows."""

    def get_user(self, user_id: int) -> Resident | None:
        """Return the resident of a session, or None when the account is off."""
        found = Resident.objects.select_related("community", "area").filter(pk=user_id).first()
        return found if found is not None and self.user_can_authenticate(found) else None
