"""How far somebody is: presets, changes, forged answers."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from journeys.fileformat.model import Journey, Sentence
from journeys.library import find_journey
from journeys.progress import Progress, avoids_neighbours, begin, choose, first_open, offered


def journey(name: str = "uit-elkaar-gaan") -> Journey:
    found = find_journey(name)
    assert found is not None
    return found


def some(**choices: str) -> dict[str, frozenset[str]]:
    return {question: frozenset(options.split()) for question, options in choices.items()}


def sentences(*words: str) -> list[Sentence]:
    return [sentence for sentence in journey().sentences if any(word in sentence.text for word in words)]


def test_sentence_fills_in_an_answer_that_is_still_passed() -> None:
    progress = begin(journey(), sentences("elk woord"), Progress())

    assert progress.choices == some(veilig="twijfel")
    assert progress.preset == {"veilig"}
    assert first_open(journey(), progress) == 1


def test_sentences_that_disagree_fill_in_nothing() -> None:
    progress = begin(journey(), sentences("elk woord", "naar huis"), Progress())

    assert progress == Progress()


def test_sentence_counts_over_what_came_along() -> None:
    progress = begin(journey(), sentences("elk woord"), Progress(some(veilig="ja", dreigt="spoed")))

    assert progress.choices == some(veilig="twijfel", dreigt="spoed")


def test_answer_confirms_a_preset_and_may_change_it() -> None:
    progress = begin(journey(), sentences("elk woord"), Progress())

    progress = choose(progress, journey().questions[0], frozenset({"ja"}))

    assert progress.choices == some(veilig="ja")
    assert first_open(journey(), progress) == 2


def test_no_question_is_open_at_the_end() -> None:
    progress = Progress(some(veilig="ja", fase="denk", kinderen="nee", zorgen="niets"))

    assert first_open(journey(), progress) is None


def test_earlier_answer_opens_a_later_question() -> None:
    progress = Progress(some(veilig="ja", fase="denk", kinderen="nee", zorgen="geld"))

    assert first_open(journey(), progress) == 5


def test_forged_options_are_dropped() -> None:
    one, many = journey().questions[0], journey().questions[3]

    assert offered(one, ["nee", "hacker", "<b>"]) == {"nee"}
    assert offered(one, ["hacker"]) == frozenset()
    assert offered(one, ["ja", "nee"]) == frozenset()
    assert offered(many, ["geld", "niets", "wonen"]) == {"geld", "wonen"}
    assert offered(many, ["niets"]) == {"niets"}


@given(st.lists(st.text(max_size=6)))
def test_whatever_is_sent_is_nothing_or_allowed(sent: list[str]) -> None:
    for question in journey().questions:
        options = offered(question, sent)
        assert not options or question.allows(options)


def test_unsure_of_being_safe_forbids_open_asks() -> None:
    assert avoids_neighbours(journey(), Progress(some(veilig="twijfel")))
    assert not avoids_neighbours(journey(), Progress(some(veilig="ja")))
    assert not avoids_neighbours(journey("geld-en-post"), Progress(some(dreigt="spoed")))


def test_kept_progress_is_read_again_and_anything_else_is_nothing() -> None:
    progress = Progress(some(veilig="ja", zorgen="geld wonen"), frozenset({"veilig"}))

    assert Progress.from_json(progress.to_json()) == progress
    assert Progress.from_json(None) == Progress.from_json({"choices": 3}) == Progress()
