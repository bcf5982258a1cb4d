"""Importing posts: every line has its fate, and a second run changes nothing."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from buurt.communities.models import Community
from buurt.moderation.models import Report
from buurt.residents.models import Resident
from config.imports.posts import Fate, import_lines
from posts.models import Post

pytestmark = pytest.mark.django_db
GOOD = {"id": "a1", "kind": "request", "title": "Lamp", "body": "Wie hangt mijn lamp op?", "category": "repairs"}


def _fates(community: Community, *rows: object) -> list[Fate]:
    lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
    return list(import_lines(lines, community=community))


def test_sample_ends_with_49_on_the_board_and_31_held(zaanstad: Community, project: Path) -> None:
    out = StringIO()

    call_command("import_posts", project / "tests/data/posts_sample.jsonl", stdout=out)

    last = out.getvalue().strip().splitlines()[-1]
    assert last.startswith("80 regels: 49 op het prikbord, 31 vastgehouden")
    assert Post.objects.filter(state="open").count() == 49
    assert Post.objects.filter(state="held").count() == 31
    assert Report.objects.filter(reason="held").exclude(explanation="").count() == 31


def test_second_run_changes_nothing(zaanstad: Community, project: Path) -> None:
    sample = (project / "tests/data/posts_sample.jsonl").read_text().splitlines()
    list(import_lines(sample, community=zaanstad))
    before = (Post.objects.count(), Resident.objects.count(), Report.objects.count())

    again = list(import_lines(sample, community=zaanstad))

    assert {fate.outcome for fate in again} == {"known"}
    assert (Post.objects.count(), Resident.objects.count(), Report.objects.count()) == before


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ('{"id": "x", ', "JSON"),
        ("[1, 2]", "object"),
        ('"just words"', "object"),
        ({**GOOD, "kind": "sale"}, "sale"),
        ({**GOOD, "category": "plumbing"}, "plumbing"),
        ({**GOOD, "body": "  "}, "body"),
        ({**GOOD, "id": 7}, "id"),
        ({**GOOD, "flags": "money"}, "flags"),
        ({**GOOD, "body": "x" * 100_001}, "te lang"),
    ],
)
def test_broken_line_is_named_and_stops_nothing(zaanstad: Community, line: object, why: str) -> None:
    fates = _fates(zaanstad, line, {**GOOD, "id": "after"})

    assert (fates[0].outcome, fates[0].line) == ("broken", 1)
    assert why in fates[0].why
    assert fates[1].outcome == "board"


def test_empty_lines_are_skipped_and_script_is_kept_as_words(zaanstad: Community) -> None:
    fates = _fates(zaanstad, "", {**GOOD, "body": "<script>alert(1)</script> Wie helpt?"})

    assert [fate.line for fate in fates] == [2]
    assert "<script>" in Post.objects.get().text


def test_command_with_a_broken_line_says_so_at_the_end(zaanstad: Community, tmp_path: Path) -> None:
    file = tmp_path / "posts.jsonl"
    file.write_text(json.dumps(GOOD) + "\n{broken\n")

    with pytest.raises(CommandError, match="Niet alle regels"):
        call_command("import_posts", file, stdout=StringIO())

    assert Post.objects.count() == 1


def test_command_without_file_or_community_says_what_is_wrong(
    zaanstad: Community, haarlem: Community, tmp_path: Path
) -> None:
    file = tmp_path / "posts.jsonl"
    file.write_text("")

    with pytest.raises(CommandError, match="Welke gemeente"):
        call_command("import_posts", file, stdout=StringIO())
    with pytest.raises(CommandError, match="niet te lezen"):
        call_command("import_posts", tmp_path / "gone", "--community", "zaanstad", stdout=StringIO())
