"""Whom the tests of residents need besides the cast."""

import pytest

from buurt.residents.models import Resident


@pytest.fixture
def fresh(db: None) -> Resident:
    """Return somebody who just confirmed an address and told nothing yet."""
    return Resident.objects.create_user("emma@example.org")
