"""The gentle guard beside a text: it points, and never blocks."""

from posts.wording import look_over


def advice_on(text: str) -> list[str]:
    """Return what the writer may want to change, each advice once; words of danger have a page part of their own."""
    said = dict.fromkeys(str(finding.message) for finding in look_over(text) if finding.code != "danger")
    return list(said)
