"""The assets that are built are whole: nothing lost in making them small, a clear word when something is missing."""

import sys
from pathlib import Path

import pytest

from tools import build_assets
from tools.build_assets import AssetError, minify


@pytest.mark.parametrize(
    ("css", "small"),
    [
        ("a { color : red; }\n\nb{ margin: 0 auto }", "a{color :red}b{margin:0 auto}"),
        ("/* a; { */ p { width: calc( 1px + 2px ); }", "p{width:calc(1px + 2px)}"),
        ('a::after { content: "a  /* b */ ; c"; }', 'a::after{content:"a  /* b */ ; c"}'),
        (".x { } .y { top: 0; }", ".y{top:0}"),
        (
            "@media (min-width: 2em) and (max-width: 3em) { a, b { top: 0; } }",
            "@media (min-width:2em) and (max-width:3em){a,b{top:0}}",
        ),
        ("a :hover > b { top: 0; }", "a :hover > b{top:0}"),
    ],
)
def test_minify_keeps_the_meaning(css: str, small: str) -> None:
    assert minify(css) == small


def test_an_icon_that_does_not_exist_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(build_assets, "MODULES", tmp_path)

    with pytest.raises(AssetError, match='asks for "unicorn"'):
        build_assets.sprite(["unicorn"])


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build_assets, "MODULES", build_assets.ROOT / "nowhere")

    with pytest.raises(AssetError, match=r"nowhere/@utrecht/alert-css/dist/index\.css is missing"):
        build_assets.style_sheet()


def test_without_npm_the_message_says_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))

    with pytest.raises(AssetError, match="npm is missing"):
        build_assets.find_npm()


def test_npm_of_the_environment_is_used_when_the_machine_has_none(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "npm").touch(mode=0o755)
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))

    assert build_assets.find_npm() == (str(tmp_path / "npm"), f"{tmp_path}:/nowhere")


def test_the_lock_file_names_no_registry() -> None:
    assert '"resolved"' not in (build_assets.ASSETS / "package-lock.json").read_text()


def test_icons_are_named_once() -> None:
    names = [line for line in (build_assets.ASSETS / "icons.txt").read_text().splitlines() if line and line[0] != "#"]

    assert len(names) == len(set(names))
