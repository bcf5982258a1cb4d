"""Become the terminal's foreground job, then become the given command: Ctrl-C ends it, and make ends well.

Without this `make` gets Ctrl-C too and reports an error after a stop that went as it should. Where there
is no terminal, or somebody else has it, nothing changes.
"""

import os
import signal
import sys


def take_terminal() -> None:
    """Move to a process group of our own and make it the one that the terminal sends Ctrl-C to."""
    try:
        terminal = os.open("/dev/tty", os.O_RDWR | os.O_CLOEXEC)
    except OSError:
        return
    if os.tcgetpgrp(terminal) != os.getpgrp():
        return
    # A process outside the foreground group that touches the terminal is stopped by SIGTTOU, unless ignored.
    signal.signal(signal.SIGTTOU, signal.SIG_IGN)
    # make would not notice a stopped server and the shell would wait for ever: no Ctrl-Z here.
    signal.signal(signal.SIGTSTP, signal.SIG_IGN)
    os.setpgid(0, 0)
    os.tcsetpgrp(terminal, os.getpgrp())


if __name__ == "__main__":
    take_terminal()
    os.execvp(sys.argv[1], sys.argv[1:])  # noqa: S606 the command is the Makefile's own
