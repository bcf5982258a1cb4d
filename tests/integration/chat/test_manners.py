"""Read marks and "typt": each may switch them off, and then does not see them of the other either."""

import pytest
from django.urls import reverse

from buurt.residents.models import Resident
from buurt.residents.registry import personal_data
from chat import services
from chat.access import talk_for
from chat.models import Conversation, Manners
from tests.conftest import AfterCommit, ClientFor
from tests.factories.chat import make_message

Told = list[tuple[list[int], dict[str, object]]]


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Told:
    """Return what the hub is asked to tell, and whom."""
    heard: Told = []
    monkeypatch.setattr(
        "chat.hub.Hub.tell_all", lambda self, told: heard.extend((people, parcel.frame) for people, parcel in told)
    )
    return heard


@pytest.mark.parametrize("hides", ["anna", "bilal"])
def test_hidden_reading_works_both_ways(
    request: pytest.FixtureRequest,
    client_for: ClientFor,
    anna: Resident,
    bilal: Resident,
    talk: Conversation,
    told: Told,
    after_commit: AfterCommit,
    hides: str,
) -> None:
    client_for(request.getfixturevalue(hides)).post(reverse("chat:manners"), {"shows_typing": "on"})
    make_message(conversation=talk, sender=bilal)
    page = reverse("chat:conversation", args=[talk.public_id])

    with after_commit():
        client_for(anna).get(page)

    assert "gelezen</span>" not in client_for(bilal).get(page).content.decode()
    assert not [people for people, frame in told if frame.get("read")]


def test_shown_reading_is_told(
    client_for: ClientFor, anna: Resident, bilal: Resident, talk: Conversation, told: Told, after_commit: AfterCommit
) -> None:
    make_message(conversation=talk, sender=bilal)

    with after_commit():
        services.mark_read(by=anna, conversation=talk, seq=1)

    assert [people for people, frame in told if frame.get("read") == 1] == [[bilal.pk]]


@pytest.mark.parametrize("hides", ["anna", "bilal"])
def test_hidden_typing_reaches_nobody(
    request: pytest.FixtureRequest, anna: Resident, bilal: Resident, talk: Conversation, hides: str
) -> None:
    assert [one.resident_id for one in talk_for(anna, talk.public_id).typing_shown] == [bilal.pk]

    services.set_manners(by=request.getfixturevalue(hides), shows_reading=True, shows_typing=False)

    assert talk_for(anna, talk.public_id).typing_shown == []
    assert talk_for(bilal, talk.public_id).typing_shown == []


def test_settings_remember_what_was_chosen(client_for: ClientFor, anna: Resident) -> None:
    client, address = client_for(anna), reverse("chat:manners")

    assert client.get(address).content.decode().count("checked") == 2
    assert client.post(address, {}).status_code == 302
    assert client.get(address).content.decode().count("checked") == 0
    kept = personal_data()["manners"]
    assert kept.export(anna) == {"shows_reading": False, "shows_typing": False}
    kept.erase(anna)
    assert not Manners.objects.exists()
