"""The rules of storing, on each store this database has: alone or with many, in order, once."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.utils import timezone

from buurt.residents.models import Resident
from chat import errors, pace, services
from chat.bodies import text_of
from chat.models import Conversation, Message, Participant
from chat.writing.drafts import Draft, Stored
from chat.writing.marks import Mark, write_marks
from chat.writing.orm import OrmStore
from chat.writing.rules import Answer, Store, write
from tests.factories.chat import make_conversation
from tests.factories.posts import make_post
from tests.factories.residents import make_block

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["orm", "native"])
def store(request: pytest.FixtureRequest) -> Store:
    """Return each store that works on this database."""
    if request.param == "orm":
        return OrmStore()
    if connection.vendor != "postgresql":
        pytest.skip("the native store is PostgreSQL's")
    from chat.writing.native import NativeStore

    return NativeStore()


@pytest.fixture
def other_talk(anna: Resident, bilal: Resident) -> Conversation:
    """Return a second conversation of the same two."""
    return make_conversation(post=make_post(author=anna), helper=bilal)


def _draft(talk: Conversation, by: Resident, words: str, key: UUID | None = None) -> Draft:
    return Draft(talk.public_id, by.pk, words, key or uuid4())


def _seqs(answers: list[Answer]) -> list[int | str]:
    return [answer.message.seq if isinstance(answer, Stored) else answer.code for answer in answers]


def _read(talk: Conversation, person: Resident) -> tuple[int, int]:
    part = Participant.objects.get(conversation=talk, resident=person)
    return part.reached_seq, part.read_seq


def test_batch_gets_whole_numbers_per_conversation_in_order(
    store: Store, talk: Conversation, other_talk: Conversation, anna: Resident, bilal: Resident
) -> None:
    drafts = [
        _draft(talk, anna, "een"),
        _draft(other_talk, bilal, "apart"),
        _draft(talk, bilal, "twee"),
        _draft(talk, anna, "drie"),
    ]

    answers = write(drafts, store=store)

    assert _seqs(answers) == [1, 1, 2, 3]
    rows = Message.objects.filter(conversation=talk)
    assert [text_of(talk, row) for row in rows] == ["een", "twee", "drie"]
    assert [answer.message.pk for answer in answers if isinstance(answer, Stored)] == [
        *(Message.objects.get(conversation=talk, seq=1).pk, Message.objects.get(conversation=other_talk).pk),
        *(Message.objects.get(conversation=talk, seq=2).pk, Message.objects.get(conversation=talk, seq=3).pk),
    ]
    talk.refresh_from_db()
    assert talk.last_seq == 3
    assert talk.last_message_at == rows.last().created_at  # type: ignore[union-attr]


def test_numbers_go_on_in_the_next_batch(store: Store, talk: Conversation, anna: Resident, bilal: Resident) -> None:
    write([_draft(talk, anna, "een"), _draft(talk, anna, "twee")], store=store)

    assert _seqs(write([_draft(talk, bilal, "drie")], store=store)) == [3]


def test_same_key_is_stored_once_in_a_batch_and_after_it(store: Store, talk: Conversation, anna: Resident) -> None:
    draft = _draft(talk, anna, "hoi")

    first = write([draft, draft], store=store)
    later = write([draft], store=store)

    assert _seqs([*first, *later]) == [1, 1, 1]
    assert [answer.again for answer in [*first, *later] if isinstance(answer, Stored)] == [False, True, True]
    assert Message.objects.count() == 1


def test_same_key_with_other_words_is_refused(store: Store, talk: Conversation, anna: Resident) -> None:
    key = uuid4()

    first = write([_draft(talk, anna, "hoi", key), _draft(talk, anna, "dag", key)], store=store)
    later = write([_draft(talk, anna, "dag", key)], store=store)

    assert _seqs([*first, *later]) == [1, "reused", "reused"]


def test_key_is_of_one_sender_in_one_conversation(
    store: Store, talk: Conversation, other_talk: Conversation, anna: Resident, bilal: Resident
) -> None:
    key = uuid4()

    answers = write(
        [_draft(talk, anna, "a", key), _draft(talk, bilal, "b", key), _draft(other_talk, anna, "c", key)], store=store
    )

    assert _seqs(answers) == [1, 2, 1]


def test_refused_draft_holds_up_nobody(
    store: Store, talk: Conversation, anna: Resident, bilal: Resident, carla: Resident
) -> None:
    drafts = [
        _draft(talk, anna, "een"),
        _draft(talk, carla, "ik hoor hier niet"),
        Draft("NOSUCHONE", anna.pk, "waarheen", uuid4()),
        _draft(talk, bilal, "twee"),
    ]

    assert _seqs(write(drafts, store=store)) == [1, "gone", "gone", 2]


def _end(talk: Conversation, anna: Resident, bilal: Resident) -> None:
    Conversation.objects.filter(pk=talk.pk).update(ended_at=timezone.now())


def _block(talk: Conversation, anna: Resident, bilal: Resident) -> None:
    make_block(blocker=anna, blocked=bilal)


def _be_blocked(talk: Conversation, anna: Resident, bilal: Resident) -> None:
    make_block(blocker=bilal, blocked=anna)


def _leave(talk: Conversation, anna: Resident, bilal: Resident) -> None:
    Participant.objects.filter(conversation=talk, resident=bilal).update(left_at=timezone.now())


def _restrict(talk: Conversation, anna: Resident, bilal: Resident) -> None:
    Resident.objects.filter(pk=anna.pk).update(restricted_until=timezone.now() + timedelta(days=1))


def _deactivate(talk: Conversation, anna: Resident, bilal: Resident) -> None:
    Resident.objects.filter(pk=anna.pk).update(is_active=False)


def _was_restricted(talk: Conversation, anna: Resident, bilal: Resident) -> None:
    Resident.objects.filter(pk=anna.pk).update(restricted_until=timezone.now() - timedelta(days=1))


@pytest.mark.parametrize(
    ("happens", "answer"),
    [
        (_end, "ended"),
        (_block, "ended"),
        (_be_blocked, "ended"),
        (_leave, "ended"),
        (_restrict, "restricted"),
        (_deactivate, "restricted"),
        (_was_restricted, 1),
    ],
)
def test_who_may_write(
    store: Store,
    talk: Conversation,
    anna: Resident,
    bilal: Resident,
    happens: Callable[[Conversation, Resident, Resident], None],
    answer: str | int,
) -> None:
    happens(talk, anna, bilal)

    assert _seqs(write([_draft(talk, anna, "hoi")], store=store)) == [answer]
    assert Message.objects.count() == (answer == 1)


def test_who_left_does_not_exist_here(store: Store, talk: Conversation, anna: Resident, bilal: Resident) -> None:
    _leave(talk, anna, bilal)

    assert _seqs(write([_draft(talk, bilal, "hoi")], store=store)) == ["gone"]


def test_a_retry_is_answered_after_the_end_too(
    store: Store, talk: Conversation, anna: Resident, bilal: Resident
) -> None:
    draft = _draft(talk, anna, "hoi")
    write([draft], store=store)
    _end(talk, anna, bilal)

    assert _seqs(write([draft], store=store)) == [1]


def test_own_words_are_read_and_what_came_before_stays_unread(
    store: Store, talk: Conversation, anna: Resident, bilal: Resident
) -> None:
    write([_draft(talk, anna, "een"), _draft(talk, anna, "twee")], store=store)
    write([_draft(talk, bilal, "drie"), _draft(talk, anna, "vier")], store=store)

    assert _read(talk, anna) == (2, 2)
    assert _read(talk, bilal) == (0, 0)


def test_pace_holds_across_processes_too(
    store: Store, talk: Conversation, anna: Resident, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pace, "MESSAGES_A_MINUTE", 4)
    monkeypatch.setattr("time.time", lambda: 1_000_000.0)

    here = _seqs(write([_draft(talk, anna, f"{number}") for number in range(5)], store=store))
    pace.forget()  # as another process, that knows the shared count only
    there = _seqs(write([_draft(talk, anna, f"anders {number}") for number in range(3)], store=store))

    assert here == [1, 2, 3, 4, "too_often"]
    assert there == [5, 6, "too_often"]


def test_marks_rise_and_never_fall_or_pass_the_end(
    store: Store, talk: Conversation, anna: Resident, bilal: Resident, carla: Resident
) -> None:
    write([_draft(talk, bilal, f"{number}") for number in range(3)], store=store)

    def mark(person: Resident, reached: int, read: int = 0) -> tuple[int, int]:
        write_marks([Mark(person.pk, talk.public_id, reached, read)], store=store)
        return _read(talk, anna)

    assert mark(anna, 2) == (2, 0)
    assert mark(anna, 1, 1) == (2, 1)
    assert mark(anna, 99, 99) == (2, 1)
    assert mark(anna, 3, 0) == (3, 1)
    assert mark(anna, 0, 3) == (3, 3)
    assert mark(anna, 1, 1) == (3, 3)
    assert write_marks([Mark(carla.pk, talk.public_id, 3, 3), Mark(anna.pk, "NOSUCHONE", 1, 1)], store=store) == 0


def test_sending_service_refuses_and_returns_like_before(talk: Conversation, anna: Resident) -> None:
    key = uuid4()
    message = services.send_message(by=anna, conversation=talk, text="hoi", client_key=key)

    assert services.send_message(by=anna, conversation=talk, text=" hoi ", client_key=key).pk == message.pk
    with pytest.raises(errors.ReusedKeyError):
        services.send_message(by=anna, conversation=talk, text="dag", client_key=key)
