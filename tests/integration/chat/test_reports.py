"""Reporting messages: exactly what was ticked, hidden and restored, and forged ticks that find nothing."""

from typing import Any

import pytest
from django.urls import reverse

from buurt.ledger.sealing import unseal
from buurt.moderation.models import Report
from buurt.moderation.services import EVIDENCE_PLACE
from buurt.residents.models import Resident
from chat import services
from chat.models import Conversation, Message
from chat.reporting import MOST_DIGITS
from tests.conftest import ClientFor
from tests.factories.chat import make_message


def _url(name: str, talk: Conversation, *more: int) -> str:
    return reverse(f"chat:{name}", args=[talk.public_id, *more])


def test_report_sends_exactly_what_was_ticked(
    client_for: ClientFor, anna: Resident, bilal: Resident, talk: Conversation
) -> None:
    for sender, text in ((bilal, "aardig"), (anna, "mijn eigen woorden"), (bilal, "gemeen"), (bilal, "privé")):
        make_message(conversation=talk, sender=sender, text=text)
    client = client_for(anna)

    chosen = client.get(_url("report", talk), {"bericht": ["2", "3"], "kies": "1"})
    preview = client.get(chosen["Location"]).content.decode()

    assert chosen.status_code == 302
    assert "gemeen" in preview
    assert "mijn eigen woorden" in preview
    assert "aardig" not in preview
    assert "privé" not in preview
    sent = client.post(chosen["Location"], {"reason": "insult", "explanation": ""})
    assert sent.status_code == 200
    report = Report.objects.get()
    assert report.evidence
    assert b"gemeen" not in bytes(report.evidence)


def test_reported_message_is_hidden_and_restored(
    client_for: ClientFor, anna: Resident, bilal: Resident, dirk: Resident, talk: Conversation
) -> None:
    from buurt.moderation.subjects import subject_of

    make_message(conversation=talk, sender=bilal, text="gemeen")
    make_message(conversation=talk, sender=anna, text="dat is niet aardig")
    subject, key = subject_of("message"), f"{talk.public_id}-1-2"
    assert subject is not None
    shown = subject.show(key)
    assert shown is not None
    assert (shown.author, shown.text, shown.hidden) == (bilal, "", False)

    subject.hide(key, by=dirk)
    subject.hide(key, by=dirk)
    hidden = client_for(anna).get(_url("conversation", talk)).content.decode()
    subject.restore(key, by=dirk)
    restored = client_for(anna).get(_url("conversation", talk)).content.decode()

    assert "Verborgen door de moderator" in hidden
    assert "gemeen" not in hidden
    assert "dat is niet aardig" in hidden
    assert "gemeen" in restored


def test_ticks_come_along_to_older_messages(
    client_for: ClientFor, anna: Resident, bilal: Resident, talk: Conversation
) -> None:
    for number in range(1, 61):
        make_message(conversation=talk, sender=bilal, text=f"regel-{number}.")

    older = client_for(anna).get(_url("report", talk), {"bericht": "60", "before": "11"}).content.decode()

    assert "regel-10." in older
    assert "regel-11." not in older
    assert '<input type="hidden" name="bericht" value="60">' in older
    assert older.index("regel-10.") < older.index("regel-9."), "the newest first"
    # The word that sends keeps where one is; the other button leads back to the newest.
    assert '<input type="hidden" name="before" value="11">' in older
    newest = client_for(anna).get(_url("report", talk), {"bericht": ["5", "60"], "before": ["11", "0"]})
    assert newest.context["elsewhere"] == [5]
    assert "regel-60." in newest.content.decode()


def test_twenty_messages_fit_in_a_report_and_no_more(
    client_for: ClientFor, anna: Resident, bilal: Resident, talk: Conversation
) -> None:
    for number in range(1, 23):
        make_message(conversation=talk, sender=bilal, text=f"regel-{number}.")
    # As far on as a conversation ever gets: the key must fit then too.
    far = 10**MOST_DIGITS - 30
    for message in Message.objects.order_by("-seq"):
        Message.objects.filter(pk=message.pk).update(seq=far + message.seq)
    client, numbers = client_for(anna), [str(far + number) for number in range(1, 23)]

    refused = client.get(_url("report", talk), {"bericht": numbers[:21], "kies": "1"})
    assert refused.status_code == 422
    assert "Kies 1 tot 20 berichten" in refused.content.decode()
    too_many = f"{talk.public_id}-{'-'.join(numbers[:21])}"
    assert client.get(reverse("moderation:report", args=["message", too_many])).status_code == 404

    chosen = client.get(_url("report", talk), {"bericht": numbers[:20], "kies": "1"})
    preview = client.get(chosen["Location"]).content.decode()
    assert [f"regel-{number}." in preview for number in (1, 20, 21)] == [True, True, False]
    client.post(chosen["Location"], {"reason": "insult", "explanation": ""})
    report = Report.objects.get()
    report.full_clean(exclude=["explanation", "reporter_email", "evidence_key", "evidence"])
    assert report.evidence_key is not None
    copy = unseal(report.evidence_key, report.evidence or b"", place=EVIDENCE_PLACE)
    assert [f"regel-{number}." in copy for number in (1, 20, 21)] == [True, True, False]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({}, "Nagekeken: dit is precies wat er is verstuurd."),
        ({"body": "of the other one"}, "Let op: een van deze berichten is veranderd"),
        ({"seq": 9}, "Let op: een van deze berichten is veranderd"),
        ({"tag": None}, "Niet na te kijken"),
    ],
)
def test_report_says_whether_the_copy_is_what_was_sent(
    client_for: ClientFor, anna: Resident, bilal: Resident, talk: Conversation, change: dict[str, Any], said: str
) -> None:
    first, second = (
        services.send_message(by=bilal, conversation=talk, text=text) for text in ("gemeen", "heel gemeen")
    )
    if "body" in change:  # somebody who reached the database puts other words in this place
        change = {"body": bytes(Message.objects.get(pk=second.pk).body)}
    Message.objects.filter(pk=first.pk).update(**change)

    address = reverse("moderation:report", args=["message", f"{talk.public_id}-{change.get('seq', 1)}"])
    assert said in client_for(anna).get(address).content.decode()


@pytest.mark.parametrize("numbers", ["1", "2-1", "9", "", "1-x", "1-2-3-4-5-6", "1-1"])
def test_forged_report_keys_find_nothing(
    client_for: ClientFor, anna: Resident, bilal: Resident, carla: Resident, talk: Conversation, numbers: str
) -> None:
    make_message(conversation=talk, sender=anna, text="van mij")
    make_message(conversation=talk, sender=bilal, text="van hem")
    address = reverse("moderation:report", args=["message", f"{talk.public_id}-{numbers}"])

    assert client_for(carla).get(address).status_code == 404
    allowed = numbers == "2-1"
    assert client_for(anna).get(address).status_code == (200 if allowed else 404)
