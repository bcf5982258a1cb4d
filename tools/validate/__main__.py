"""Render every page and let vnu read it: `python -m tools.validate`; part of `make check` where Java is present.

Pages are those of the browser tests (tests/browser/looks.py), in Dutch and in Arabic, forms with errors included.
"""

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tools.build_assets import find_npm
from tools.site import Site, quiet_site

HERE = Path(__file__).resolve().parent
JAR = HERE / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
LANGUAGES = ("nl", "ar")


def main() -> int:
    """Say what is not valid; 0 when everything is, or when there is no Java to ask."""
    if shutil.which("java") is None:
        print("HTML not validated: there is no Java here.")
        return 0
    install()
    with tempfile.TemporaryDirectory(prefix="buurt-html-") as folder, quiet_site() as where:
        written = list(write_pages(where, Path(folder)))
        command = ["java", "-Xss1m", "-jar", str(JAR), "--stdout", "--format", "gnu", *map(str, written)]
        result = subprocess.run(command, capture_output=True, text=True, check=False)
        said = re.sub(rf'"?(?:file:)?{re.escape(folder)}/', "", result.stdout + result.stderr)
    print(said.rstrip())
    print(f"HTML: {len(written)} pages read by vnu, {len(said.splitlines())} findings")
    return 1 if result.returncode or said.strip() else 0


def install() -> None:
    """Bring vnu, once."""
    if JAR.exists():
        return
    npm, path = find_npm()
    subprocess.run([npm, "ci", "--loglevel=error"], cwd=HERE, env={"PATH": path}, check=True, stdout=subprocess.DEVNULL)


def write_pages(where: Site, folder: Path) -> Iterator[Path]:
    """Write every page to a file named after it."""
    from tests.browser.looks import LOOKS

    for language in LANGUAGES:
        clients = {look.who: where.client(look.who, language) for look in LOOKS}
        for number, look in enumerate(LOOKS):
            if look.press and not look.wrong:
                continue  # a step further; the page itself is in the list as well
            path = look.path.format(**where.names)
            client = clients[look.who]
            answer = client.post(path, {}) if look.press else client.get(path)
            if answer.status_code in {301, 302} or "text/html" not in answer.headers.get("Content-Type", ""):
                continue
            spoken = answer.headers.get("Content-Language")
            if spoken != look.comes_in(language):
                raise RuntimeError(f"{path} should be in {look.comes_in(language)}, and is in {spoken}")
            name = re.sub(r"[^a-z0-9]+", "-", look.path.lower()).strip("-") or "front"
            target = folder / f"{number:03d}-{look.who}-{name}-{language}.html"
            target.write_bytes(answer.content)
            yield target


if __name__ == "__main__":
    sys.exit(main())
