"""The private servers answer while the command runs and are gone afterwards, however it ended."""

import os
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tools.services import postgres_bin

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        postgres_bin() is None or shutil.which("redis-server") is None,
        reason="PostgreSQL or Redis is not installed; `make test` installs them",
    ),
]

ASK_BOTH = """
import os, psycopg, redis
with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
    folder = connection.execute("show data_directory").fetchone()[0]
assert redis.Redis.from_url(os.environ["REDIS_URL"]).ping()
print(os.environ["DATABASE_URL"], os.environ["REDIS_URL"], folder, flush=True)
"""


def _start(project: Path, script: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "tools/services.py", "run", "--", sys.executable, "-c", script]
    return subprocess.Popen(command, cwd=project, env=os.environ, stdout=subprocess.PIPE, text=True)


def _nothing_left(line: str) -> bool:
    """Say whether the two addresses and the folder on this line are all gone."""
    *addresses, folder = line.split()
    return not Path(folder).exists() and not any(_listening(urlsplit(each).port or 0) for each in addresses)


def _listening(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def test_servers_answer_and_are_gone_after_an_ordinary_end(project: Path) -> None:
    with _start(project, ASK_BOTH + "raise SystemExit(3)") as process:
        printed, _ = process.communicate(timeout=60)

    assert process.returncode == 3
    assert _nothing_left(printed)


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_servers_are_gone_after_a_signal(project: Path, how: signal.Signals) -> None:
    with _start(project, ASK_BOTH + "import time; time.sleep(60)") as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        process.send_signal(how)
        process.wait(timeout=60)

    assert process.returncode == 128 + how
    assert _nothing_left(line)
