"""A moment in a circle is moved as in a talk of two: proposed, heard by everybody, agreed anew, one entry in a calendar."""

from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localtime
from icalendar import Calendar

from buurt.communities.when import spoken_moment
from buurt.residents.models import Resident
from chat import errors, services
from chat.models import Appointment, Conversation, Message
from posts.models import Engagement, Post, Slot
from posts.services import reserve_place
from tests.conftest import AfterCommit, ClientFor, RunJobs
from tests.factories.posts import make_post

State = Appointment.State


def _yes(post: Post, helper: Resident) -> tuple[Conversation, Engagement]:
    place = reserve_place(helper=helper, post=post, slot=post.slots.filter(taken=0).order_by("starts_at")[0])
    assert place is not None
    return services.open_conversation(post=post, helper=helper), place


def _agreed(post: Post, helper: Resident) -> tuple[Conversation, Engagement]:
    talk, place = _yes(post, helper)
    services.agree(by=helper, conversation=talk, engagement_id=place.pk)
    return talk, place


def _url(name: str, talk: Conversation, *more: int) -> str:
    return reverse(f"chat:{name}", args=[talk.public_id, *more])


def _page(client: Client, talk: Conversation) -> str:
    return client.get(_url("conversation", talk)).content.decode()


def _later(place: Engagement) -> datetime:
    """Return the same hour, a week after the place's own moment."""
    assert place.slot.starts_at is not None
    return place.slot.starts_at + timedelta(days=7)


def _form(at: datetime) -> dict[str, str]:
    local = localtime(at)
    return {"day": f"{local:%Y-%m-%d}", "at": f"{local:%H:%M}", "duration_minutes": "60"}


def _entry(client: Client, talk: Conversation, place: Engagement) -> dict[str, str]:
    file = Calendar.from_ical(client.get(_url("calendar", talk), {"plek": place.pk}).content)
    (event,) = file.walk("VEVENT")
    return {name: str(event[name]) for name in ("UID", "SEQUENCE", "SUMMARY")} | {"at": str(event.decoded("DTSTART"))}


def test_moment_is_moved_for_one_place_and_everybody_hears_it(
    client_for: ClientFor,
    rota: Post,
    anna: Resident,
    bilal: Resident,
    els: Resident,
    after_commit: AfterCommit,
    run_jobs: RunJobs,
) -> None:
    talk, of_bilal = _agreed(rota, bilal)
    _talk, of_els = _agreed(rota, els)
    hers, his, of_third = (client_for(one) for one in (anna, bilal, els))
    before, other = _entry(his, talk, of_bilal), _entry(of_third, talk, of_els)

    assert f"?plek={of_bilal.pk}" in _page(hers, talk)
    sent = hers.post(f"{_url('propose', talk)}?plek={of_bilal.pk}", _form(_later(of_bilal)))
    assert sent.status_code == 302
    assert "Je vraagt of Bilal kan komen:" in _page(hers, talk)
    assert "Anna vraagt of jij kunt komen:" in _page(his, talk)
    assert "Dat spreken we af" in _page(his, talk)
    assert "Anna vraagt of Bilal kan komen:" in _page(of_third, talk)
    assert "Dat spreken we af" not in _page(of_third, talk)
    proposed = Appointment.objects.get(state=State.PROPOSED)
    assert _entry(his, talk, of_bilal) == before, "what was agreed stands until the new one is"

    refused = of_third.post(_url("accept", talk, proposed.pk), follow=True).content.decode()
    assert "Dat kan alleen de ander doen." in refused
    with after_commit():
        his.post(_url("accept", talk, proposed.pk))
    run_jobs(now=timezone.now() + timedelta(hours=12))

    after = _entry(his, talk, of_bilal)
    assert (after["UID"], after["SEQUENCE"]) == (before["UID"], "1")
    assert after["at"] == str(localtime(_later(of_bilal)))
    assert _entry(of_third, talk, of_els) == other
    assert [one.state for one in Appointment.objects.filter(engagement=of_els)] == [State.AGREED]
    assert "Verzet: jij komt nu" in _page(his, talk)
    for client in (hers, of_third):
        page = _page(client, talk)
        assert "Verzet: Bilal komt nu" in page
        assert "Verzet. Eerst was het" in page
    told = {to for one in mail.outbox if one.subject.startswith("Afgesproken") for to in one.to}
    assert told == {anna.email, bilal.email}


def test_helper_proposes_before_anything_is_agreed(client_for: ClientFor, rota: Post, bilal: Resident) -> None:
    talk, place = _yes(rota, bilal)
    client_for(bilal).post(f"{_url('propose', talk)}?plek={place.pk}", _form(_later(place)))
    proposed = Appointment.objects.get()

    services.agree_appointment(by=rota.author, appointment=proposed)

    place.refresh_from_db()
    assert place.state == Engagement.State.AGREED
    assert Appointment.objects.get(state=State.AGREED).starts_at == _later(place)


def test_moving_one_of_two_places_leaves_the_other(rota: Post, anna: Resident, bilal: Resident) -> None:
    talk, first = _agreed(rota, bilal)
    _talk, second = _agreed(rota, bilal)

    for place in (second, first):
        wish = services.propose_appointment(
            by=bilal, conversation=talk, engagement_id=place.pk, starts_at=_later(place)
        )
        assert services.agree_appointment(by=anna, appointment=wish)

    stand = Appointment.objects.filter(state=State.AGREED)
    assert {(one.engagement_id, one.starts_at, one.sequence) for one in stand} == {
        (place.pk, _later(place), 1) for place in (first, second)
    }


def test_agreeing_on_the_first_moment_lets_the_proposal_go(rota: Post, anna: Resident, bilal: Resident) -> None:
    talk, place = _yes(rota, bilal)
    wish = services.propose_appointment(by=bilal, conversation=talk, engagement_id=place.pk, starts_at=_later(place))

    assert services.agree(by=anna, conversation=talk, engagement_id=place.pk)

    wish.refresh_from_db()
    assert wish.state == State.REPLACED
    assert Appointment.objects.get(state=State.AGREED).starts_at == place.slot.starts_at
    assert not services.agree_appointment(by=anna, appointment=wish)


@pytest.mark.parametrize("plek", ["", "0", "x", "theirs"])
def test_nobody_moves_what_is_not_theirs(
    client_for: ClientFor, rota: Post, bilal: Resident, els: Resident, plek: str
) -> None:
    talk, of_bilal = _agreed(rota, bilal)
    _agreed(rota, els)
    plek = plek.replace("theirs", str(of_bilal.pk))
    client = client_for(els)

    address = f"{_url('propose', talk)}?plek={plek}"
    assert [client.get(address).status_code, client.post(address, _form(_later(of_bilal))).status_code] == [404, 404]
    with pytest.raises(errors.NotYoursToDoError):
        services.propose_appointment(by=els, conversation=talk, engagement_id=of_bilal.pk, starts_at=_later(of_bilal))
    assert not Appointment.objects.filter(state=State.PROPOSED).exists()


def test_a_weekly_turn_has_no_moment_to_move(client_for: ClientFor, anna: Resident, bilal: Resident) -> None:
    post = make_post(author=anna, title="Elke week boodschappen", timing=Post.Timing.WEEKLY, places=3)
    talk, place = _agreed(post, bilal)

    assert "Ander moment" not in _page(client_for(bilal), talk)
    with pytest.raises(errors.NoPlaceError):
        services.propose_appointment(
            by=bilal, conversation=talk, engagement_id=place.pk, starts_at=timezone.now() + timedelta(days=1)
        )


def test_moved_evening_stands_where_it_is_now(
    client_for: ClientFor, rota: Post, anna: Resident, bilal: Resident
) -> None:
    """Also when its own moment lies long back: it is still to come."""
    talk, place = _agreed(rota, bilal)
    Slot.objects.filter(pk=place.slot_id).update(starts_at=timezone.now() - timedelta(days=20))
    moved = Appointment.objects.get(state=State.AGREED)
    Appointment.objects.filter(pk=moved.pk).update(starts_at=timezone.now() + timedelta(days=30))

    rows = client_for(anna).get(_url("conversation", talk)).context["card"].roster

    assert [row.who for row in rows] == ["", "", "Bilal"]


def test_paper_and_calendar_name_the_one_who_comes(
    client_for: ClientFor, rota: Post, anna: Resident, bilal: Resident, els: Resident
) -> None:
    talk, _of_bilal = _agreed(rota, bilal)
    _talk, of_els = _agreed(rota, els)
    client = client_for(anna)

    paper = client.get(_url("paper", talk), {"plek": of_els.pk}).content.decode()

    assert "Je afspraak met Els" in paper
    assert "Deurwoord" in paper
    assert of_els.slot.starts_at is not None
    assert spoken_moment(of_els.slot.starts_at, timezone.now()).lower() in paper.lower()
    assert _entry(client, talk, of_els)["SUMMARY"] == "Eten op drie avonden, met Els"


def test_others_are_not_told_who_was_thanked_or_addressed_as_the_one_it_is_about(
    client_for: ClientFor, rota: Post, anna: Resident, bilal: Resident, els: Resident
) -> None:
    talk, of_bilal = _agreed(rota, bilal)
    _talk, of_els = _yes(rota, els)
    Appointment.objects.filter(engagement=of_bilal).update(starts_at=timezone.now() - timedelta(hours=3))
    services.record_outcome(by=anna, conversation=talk, says="happened", engagement_id=of_bilal.pk)
    lines = Message.objects.count()

    services.give_thanks(by=anna, conversation=talk, text="Heerlijk!", engagement_id=of_bilal.pk)
    assert Message.objects.count() == lines
    assert "Heerlijk!" in _page(client_for(bilal), talk)

    services.decline_kindly(by=anna, conversation=talk, engagement_id=of_els.pk)
    assert "Els helpt niet meer mee." in _page(client_for(bilal), talk)
    assert "Dat ligt niet aan jou" not in _page(client_for(bilal), talk)


def test_lines_of_a_circle_say_whose_place_it_is(
    client_for: ClientFor, rota: Post, anna: Resident, bilal: Resident, els: Resident
) -> None:
    talk, of_bilal = _agreed(rota, bilal)
    _yes(rota, els)
    services.cancel_appointment(by=anna, conversation=talk, engagement_id=of_bilal.pk)

    said = {one: _page(client_for(one), talk) for one in (anna, bilal, els)}

    assert "Afgesproken: Bilal komt" in said[anna]
    assert "Afgesproken: jij komt" in said[bilal]
    assert "Je hebt Bilal afgezegd. De plek is weer vrij." in said[anna]
    assert "Anna heeft jou afgezegd. De plek is weer vrij." in said[bilal]
    assert "Anna heeft Bilal afgezegd. De plek is weer vrij." in said[els]
