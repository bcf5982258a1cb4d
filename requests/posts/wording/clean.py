"""A text as people mean it: one kind of line end, no invisible tricks, every script and emoji kept."""

import re
import unicodedata

_NEW_LINES = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_EMPTY_LINES = re.compile("\n{3,}")
# A joiner holds a family of emoji or a letter form together; anywhere else it only hides.
_JOINERS = "\u200c\u200d"
_JOINING_SCRIPTS = tuple(
    f"{script} "
    for script in (
        *("ARABIC", "SYRIAC", "MONGOLIAN", "DEVANAGARI", "BENGALI", "GURMUKHI", "GUJARATI", "ORIYA"),
        *("TAMIL", "TELUGU", "KANNADA", "MALAYALAM", "SINHALA", "MYANMAR", "KHMER", "TIBETAN"),
    )
)
_FLAG = "\U0001f3f4"
_FLAG_TAGS = range(0xE0020, 0xE0080)
_BLANKS = frozenset("\u115f\u1160\u3164\uffa0\u034f")  # letters that show nothing, used to fake an empty name
_FIRST_MARK = "\u0300"  # below it there are only whole letters, and what cannot be seen is not printable
_MOST_MARKS = 5  # more marks than any script needs on one letter climb over the lines around it


def clean_text(raw: str, *, limit: int) -> str:
    """Return the text in one clean form of at most `limit` characters; cleaning it again changes nothing."""
    if raw.isprintable() and len(raw) <= limit and max(raw, default="") < _FIRST_MARK:
        return raw.strip(" ")  # what most people write most of the time: nothing in it could be unclean
    # Twice, because what was taken away may bring together what then belongs together.
    text = raw[: limit * 8 + 1_000]
    while (cleaned := _cleaned_once(text)) != text:
        text = cleaned
    if len(text) > limit:
        return clean_text(_cut(text, limit), limit=limit)
    return text


def _cleaned_once(text: str) -> str:
    text = _NEW_LINES.sub("\n", text)
    text = unicodedata.normalize("NFC", "".join(_spaced(one) for one in text if not _is_hidden(one)))
    text = _without_loose_marks(text)
    lines = "\n".join(line.rstrip(" ") for line in text.split("\n"))
    return unicodedata.normalize("NFC", _EMPTY_LINES.sub("\n\n", lines).strip(" \n"))


def _spaced(character: str) -> str:
    return " " if character == "\t" or unicodedata.category(character) == "Zs" else character


def _is_hidden(character: str) -> bool:
    if character.isprintable() and character not in _BLANKS:
        return False
    if character in "\n\t" or character in _JOINERS or ord(character) in _FLAG_TAGS:
        return False
    kind = unicodedata.category(character)
    if kind == "Cn":  # not yet named here: may be next year's emoji, unless it can never be a character
        return ord(character) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(character) <= 0xFDEF
    return kind in {"Cc", "Cf", "Cs"} or character in _BLANKS


def _without_loose_marks(text: str) -> str:
    """Drop joiners and flag letters that hold nothing together, and marks piled on top of each other."""
    kept: list[str] = []
    marks = 0
    in_flag = False
    for here, character in enumerate(text):
        following = text[here + 1] if here + 1 < len(text) else ""
        is_tag = ord(character) in _FLAG_TAGS
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks > _MOST_MARKS or (is_tag and not in_flag):
            continue
        if character in _JOINERS and not (kept and _joins(kept[-1], following)):
            continue
        in_flag = is_tag or character == _FLAG
        kept.append(character)
    return "".join(kept)


def _joins(before: str, after: str) -> bool:
    if not after:
        return False
    if _is_pictogram(before) and _is_pictogram(after):
        return True
    names = (unicodedata.name(before, ""), unicodedata.name(after, ""))
    return names[0].startswith(_JOINING_SCRIPTS) and (after == " " or names[1].startswith(_JOINING_SCRIPTS))


def _is_pictogram(character: str) -> bool:
    return unicodedata.category(character) in {"So", "Sk", "Cn"} or character in "\ufe0f\u2640\u2642"


def _cut(text: str, limit: int) -> str:
    """Cut at the limit, but not between a letter and its marks or inside a joined emoji."""
    end = limit
    while end > 0 and (
        unicodedata.combining(text[end]) or text[end] in "\u200c\u200d\ufe0f" or text[end - 1] == "\u200d"
    ):
        end -= 1
    return text[: end or limit]
