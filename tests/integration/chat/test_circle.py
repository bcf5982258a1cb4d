"""A rota's circle: one conversation, a roster, a handover; each acts on their own place only."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from buurt.communities.models import Community
from buurt.residents.models import Resident
from buurt.residents.registry import personal_data
from chat import errors, services
from chat.models import Appointment, Conversation, Participant
from posts.models import Engagement, Post
from posts.services import reserve_place
from tests.conftest import AfterCommit, ClientFor, RunJobs
from tests.factories.posts import make_post
from tests.factories.residents import make_block, make_resident


def _yes(post: Post, helper: Resident) -> tuple[Conversation, Engagement]:
    place = reserve_place(helper=helper, post=post, slot=post.slots.filter(taken=0)[0])
    assert place is not None
    return services.open_conversation(post=post, helper=helper), place


def _url(name: str, talk: Conversation) -> str:
    return reverse(f"chat:{name}", args=[talk.public_id])


def test_helpers_share_one_conversation_from_when_they_come(
    client_for: ClientFor, rota: Post, anna: Resident, bilal: Resident, els: Resident
) -> None:
    talk, _place = _yes(rota, bilal)
    services.send_message(by=anna, conversation=talk, text="alleen-voor-bilal")
    again, _place = _yes(rota, els)

    assert again == talk
    assert talk.kind == Conversation.Kind.CIRCLE
    seen = client_for(els).get(_url("conversation", talk)).content.decode()
    assert "alleen-voor-bilal" not in seen
    assert "Je helpt nu mee." in seen
    assert "Els helpt nu ook mee." in client_for(bilal).get(_url("conversation", talk)).content.decode()
    assert "alleen-voor-bilal" not in str(personal_data()["conversations"].export(els))


def test_each_acts_on_their_own_place(
    client_for: ClientFor, rota: Post, anna: Resident, bilal: Resident, els: Resident
) -> None:
    talk, of_bilal = _yes(rota, bilal)
    _talk, of_els = _yes(rota, els)

    refused = client_for(els).post(_url("agree", talk), {"plek": of_bilal.pk}, follow=True).content.decode()
    assert "Dat kan alleen de ander doen." in refused
    client_for(bilal).post(_url("agree", talk), {"plek": of_bilal.pk})
    client_for(anna).post(_url("agree", talk), {"plek": of_els.pk})

    assert set(Engagement.objects.values_list("state", flat=True)) == {Engagement.State.AGREED}
    assert Appointment.objects.filter(state="agreed").count() == 2
    assert {one.starts_at for one in Appointment.objects.all()} == {of_bilal.slot.starts_at, of_els.slot.starts_at}
    for person, doors in ((anna, 2), (bilal, 1), (els, 1)):
        page = client_for(person).get(_url("conversation", talk)).content.decode()
        assert page.count("Deurwoord:") == doors
        assert "nog vrij" in page
    other = client_for(els).get(_url("calendar", talk), {"plek": of_bilal.pk})
    assert other.status_code == 404
    own = client_for(els).get(_url("calendar", talk), {"plek": of_els.pk})
    assert b"BEGIN:VEVENT" in own.content
    assert client_for(els).get(_url("paper", talk), {"plek": of_els.pk}).status_code == 200


def test_place_of_another_ask_is_not_touched(
    client_for: ClientFor, rota: Post, anna: Resident, bilal: Resident, els: Resident
) -> None:
    talk, _place = _yes(rota, bilal)
    elsewhere = make_post(author=els, title="Iets anders")
    foreign = reserve_place(helper=bilal, post=elsewhere)
    assert foreign is not None

    for plek in (str(foreign.pk), "", "x", "9" * 30):
        page = client_for(anna).post(_url("cancel", talk), {"plek": plek}, follow=True).content.decode()
        assert "Dat kan nu niet meer." in page
    foreign.refresh_from_db()
    assert foreign.state == Engagement.State.RESERVED


def test_cancelling_one_evening_leaves_the_others(
    client_for: ClientFor,
    rota: Post,
    anna: Resident,
    bilal: Resident,
    els: Resident,
    after_commit: AfterCommit,
    run_jobs: RunJobs,
) -> None:
    talk, of_bilal = _yes(rota, bilal)
    _talk, of_els = _yes(rota, els)
    for place in (of_bilal, of_els):
        services.agree(by=anna, conversation=talk, engagement_id=place.pk)

    with after_commit():
        client_for(bilal).post(_url("cancel", talk), {"plek": of_bilal.pk})
    run_jobs(now=timezone.now() + timedelta(hours=12))

    of_els.refresh_from_db()
    assert of_els.state == Engagement.State.AGREED
    assert els.email not in {to for one in mail.outbox if one.subject.startswith("Afgezegd") for to in one.to}
    with pytest.raises(errors.StillAgreedError):
        services.leave(by=els, conversation=talk)
    services.leave(by=bilal, conversation=talk)
    assert "data-composer" in client_for(els).get(_url("conversation", talk)).content.decode()


def test_outcome_and_thanks_go_to_the_one_who_came(
    client_for: ClientFor, rota: Post, anna: Resident, bilal: Resident, els: Resident
) -> None:
    talk, of_bilal = _yes(rota, bilal)
    _yes(rota, els)
    services.agree(by=bilal, conversation=talk, engagement_id=of_bilal.pk)
    client = client_for(anna)

    client.post(_url("outcome", talk), {"plek": of_bilal.pk, "says": "happened"})
    client.post(_url("thanks", talk), {"plek": of_bilal.pk, "text": "heerlijk-was-het"})

    of_bilal.refresh_from_db()
    assert of_bilal.state == Engagement.State.DONE
    assert "heerlijk-was-het" in client_for(bilal).get(_url("conversation", talk)).content.decode()
    for reader in (els, anna):
        assert "heerlijk-was-het" not in client_for(reader).get(_url("conversation", talk)).content.decode()
    assert "heerlijk-was-het" not in str(personal_data()["conversations"].export(els))


def test_handover_is_shared_and_loses_nobodys_words(
    client_for: ClientFor, rota: Post, bilal: Resident, els: Resident
) -> None:
    talk, _place = _yes(rota, bilal)
    _yes(rota, els)
    client_for(bilal).post(_url("handover", talk), {"text": "De sleutel\r\nligt bij Jan.", "seen": ""})
    late = client_for(els).post(_url("handover", talk), {"text": "Geen vis.", "seen": ""})

    assert late.status_code == 422
    page = late.content.decode()
    assert "Iemand anders veranderde dit net." in page
    assert "ligt bij Jan." in page
    assert "Geen vis." in page
    stored = Conversation.objects.get()
    assert b"sleutel" not in bytes(stored.handover or b"")
    done = client_for(els).post(_url("handover", talk), {"text": "Geen vis.", "seen": "De sleutel\r\nligt bij Jan."})
    assert done.status_code == 302
    assert "Geen vis." in client_for(bilal).get(_url("conversation", talk)).content.decode()


def test_two_who_do_not_meet_are_not_put_together(rota: Post, bilal: Resident, els: Resident) -> None:
    make_block(blocker=els, blocked=bilal)
    circle, _place = _yes(rota, bilal)

    alone, _place = _yes(rota, els)

    assert alone != circle
    assert (alone.kind, alone.helper) == (Conversation.Kind.PAIR, els)


def test_block_in_a_circle_lets_one_go_on_alone(rota: Post, anna: Resident, bilal: Resident, els: Resident) -> None:
    circle, _place = _yes(rota, bilal)
    _yes(rota, els)

    services.part_people(by=els, other=bilal)

    assert not Participant.objects.get(conversation=circle, resident=els).takes_part
    assert Participant.objects.get(conversation=circle, resident=bilal).takes_part
    alone = Conversation.objects.get(helper=els)
    assert set(alone.participants.values_list("resident", flat=True)) == {anna.pk, els.pk}
    assert Engagement.objects.filter(state=Engagement.State.RESERVED).count() == 2


@pytest.mark.parametrize("helpers", [1, 3])
def test_page_of_a_circle_needs_few_queries(
    client_for: ClientFor,
    zaanstad: Community,
    rota: Post,
    anna: Resident,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    helpers: int,
) -> None:
    for number in range(helpers):
        person = make_resident(
            community=zaanstad, name=f"Buur {number}", email=f"buur{number}@example.org", postcode="1561"
        )
        talk, _place = _yes(rota, person)
        services.send_message(by=person, conversation=talk, text="hoi")
    client = client_for(anna)

    with django_assert_max_num_queries(9):
        assert client.get(_url("conversation", talk)).status_code == 200
