"""The engine stays pure: numpy and the language, no database, no Django, no clock, no files."""

import ast
from pathlib import Path

import matching.engine

ALLOWED = {"numpy", "collections", "dataclasses", "enum", "functools", "math", "typing", "matching"}


def imported(path: Path) -> set[str]:
    """Return every module that a file imports, by its full name."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {one.name for one in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module or "")
    return found


def test_the_engine_imports_nothing_that_could_look_around() -> None:
    files = list(Path(matching.engine.__file__).parent.glob("*.py"))

    assert len(files) > 8
    for path in files:
        modules = imported(path)
        assert {name.partition(".")[0] for name in modules} <= ALLOWED, path.name
        assert all(name.startswith("matching.engine") for name in modules if name.startswith("matching")), path.name


def test_the_simulation_needs_no_database() -> None:
    files = list((Path(matching.engine.__file__).parent.parent / "simulation").glob("*.py"))

    assert len(files) > 8
    for path in files:
        assert not any(name.partition(".")[0] in ("django", "posts", "buurt", "chat") for name in imported(path)), (
            path.name
        )
