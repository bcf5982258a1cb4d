"""After re-wrapping, the new service key alone opens everything."""

from io import StringIO

import pytest
from django.conf import LazySettings
from django.core.management import call_command

from buurt.ledger.sealing import CannotOpenError
from buurt.residents.models import Resident
from buurt.residents.services import enrol_totp
from chat.bodies import text_of
from chat.models import Conversation, Message
from chat.services import open_conversation, send_message
from tests.factories.posts import make_post

pytestmark = pytest.mark.django_db


def test_rewrap_keys_lets_the_old_key_go(anna: Resident, bilal: Resident, settings: LazySettings) -> None:
    settings.SEAL_KEYS = ["old"]
    talk = open_conversation(post=make_post(author=anna), helper=bilal)
    send_message(by=bilal, conversation=talk, text="Om negen uur voor de deur.")
    enrol_totp(anna)
    out = StringIO()

    settings.SEAL_KEYS = ["new", "old"]
    call_command("rewrap_keys", stdout=out)
    settings.SEAL_KEYS = ["new"]

    assert out.getvalue().startswith("1 gesprekken, 0 meldingen, 1 tweede")
    fresh = Conversation.objects.get()
    assert text_of(fresh, Message.objects.get(kind="text")) == "Om negen uur voor de deur."
    with pytest.raises(CannotOpenError):
        text_of(talk, Message.objects.get(kind="text"))
