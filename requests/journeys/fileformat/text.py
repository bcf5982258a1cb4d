"""Text that knows its line, and the faults found in a file."""

from __future__ import annotations

from dataclasses import dataclass


class Text(str):
    """A string from a file; `line` is where it stood, 0 when it came from elsewhere."""

    __slots__ = ("line",)
    line: int

    def __new__(cls, value: str = "", line: int = 0) -> Text:
        """Make the text; equality and hashing stay those of the string."""
        made = super().__new__(cls, value)
        made.line = line
        return made

    def __reduce__(self) -> tuple[type[Text], tuple[str, int]]:
        """Let copies and pickles keep the line."""
        return (Text, (str(self), self.line))


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One fault: E means the file may not be published, W asks for a look."""

    line: int
    code: str
    text: str

    @property
    def is_error(self) -> bool:
        """Say whether the file must not be published with this."""
        return self.code.startswith("E")


class FileError(Exception):
    """The file cannot be used; `findings` says why, in line order and never empty."""

    def __init__(self, findings: list[Finding]) -> None:
        """Keep the findings and show the first one."""
        self.findings = sorted(findings)
        first = self.findings[0]
        super().__init__(f"regel {first.line}: {first.code} {first.text}")

    @classmethod
    def at(cls, line: int, text: str) -> FileError:
        """Make the error of a file that does not load."""
        return cls([Finding(line, "E00", text)])
