"""The lines of a text page and what each looks like by itself: a rule, a field of a header, an hour, a title, prose.

The kind of a line is the first answer in a cascade of small questions; what a line does in its story is asked later.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from marchland.read.hours import Head, HeadFinder
from marchland.read.lines import MIN_BODY, Reader
from marchland.read.settings import alternatives, fold

MAX_TITLE = 200
"""Characters of the longest title."""
MAX_BUTTON = 120
MAX_FIELD = 30
"""Characters of the longest name of a field."""
CODES = 4
"""Names of database fields that a page must have before a bare "PD 3 May" counts as one."""
_RULE = re.compile(r"[\s*=_#~•·.+x–—-]{3,}", re.IGNORECASE)
_SLUG = re.compile(r"(?=[^a-z]*-)[A-Z0-9][A-Z0-9&/.']+(?:-[A-Z0-9&/.']+)+(?:,? ?\(?[A-Z0-9 ]{1,12}\)?)?")
_ZCZC = re.compile(r"ZCZC\b.*")
_FIELD = re.compile(r"(?P<name>[A-Za-z][A-Za-z ./_-]{0,29}):(?:\s+(?P<value>.*)|$)")
_NUMBER = re.compile(r"(?:(?P<n>\d{1,2})[.)]|\((?P<m>\d{1,2})\)|#(?P<k>\d{1,2})[.:]?)\s+(?P<text>\S.*)")
_BULLET = re.compile(r"(?:[•·▪●◦*‣∙►>+–—-]|--)\s+(?P<text>\S.*)")
_SEGMENTS = re.compile(r"\s*\|\s*|\s+(?:>|>>|::|/|//|»|›|•|·|–|-)\s+")
_LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)*\.[a-z]{2,8}(?:/\S*)?", re.IGNORECASE)
_MAIL = re.compile(r"\S+@\S+\.\S+|(?<!\w)@\w{3,}")
_COUNT = r"[\d.,]+\s*[km]?\+?\s*(?:{})\b"
_PAGES = re.compile(
    r"(?:page\s+)?\d+\s+(?:of|/|-)\s+\d+|[\d\s.…]*\b(?:next|last)\b[ »>]*|(?:\d+\s+){3,}.{0,12}", re.IGNORECASE
)
_END = re.compile(r"[.!?…][\"”’')\]]*(?:\s*[(\[][^()\[\]]{2,80}[)\]]\.?)?$")
_CREDIT = re.compile(
    r"(?:[.!?\"”’)]\s+|\s[|/–—-]\s+|^)(?:file |archive |stock )?"
    r"(?:photo(?:graph|s)?|picture|image|pic|illustration|graphic|archive|handout|video|still|credit)s?"
    r"(?: (?:by|credit|courtesy of|courtesy))?\s*[:/]\s*[^.]{2,70}\.?$|\.\s+archive/\S+\.?$",
    re.IGNORECASE,
)  # fmt: skip
_QUOTED = re.compile(r"[\"“][^\"”]*[\"”]?")
_YOU = re.compile(r"\b(?:you|your|our|us|we|please|me)\b", re.IGNORECASE)
_SIGNED = re.compile(r"(?:[\w()]+ ){0,2}[a-z]{2,4}(?:[/-][a-z]{2,4}){1,3}")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a text page: its words, whether a gap stands before it, and what it looks like."""

    text: str
    gap: bool
    kind: str
    name: str = ""
    """What a field's value is; who posted an entry; the pattern of an opening line."""
    value: str = ""
    """What stands after the name, the number, the bullet or the hour."""
    when: str = ""
    """The hour or the date at the head of an entry; the name of a field as printed."""

    @property
    def prose(self) -> bool:
        """Whether it is a paragraph, or has one after its mark."""
        return self.kind == "prose" or (self.kind in ("entry", "number", "lead") and is_prose(self.value))


@dataclass(frozen=True, slots=True)
class Asked:
    """One line while its kind is asked."""

    text: str
    bare: str
    """Folded."""
    reader: Reader
    heads: HeadFinder
    coded: bool


def outline(lines: Sequence[str], reader: Reader) -> list[Line]:
    """The lines that are not empty, each with its kind."""
    heads = HeadFinder(reader.words)
    coded = len({line.split(" ", 1)[0] for line in lines} & reader.words.dump.codes) >= CODES
    found: list[Line] = []
    gap = True
    for text in lines:
        if text:
            found.append(_line(Asked(text, fold(text), reader, heads, coded), gap))
        gap = not text
    return found


def is_prose(text: str) -> bool:
    """Whether a text is a paragraph by its length and its last character."""
    return len(text) > MAX_TITLE or (len(text) >= MIN_BODY and bool(_END.search(text)))


def is_sentence(text: str) -> bool:
    """Whether a text ends like a sentence and has a small word in it."""
    return bool(_END.search(text)) and any(word[:1].islower() for word in text.split()[1:])


def is_caps(text: str) -> bool:
    """Whether a text is in capitals."""
    return text.isupper() and sum(character.isalpha() for character in text) > 2


def has_phrase(text: str, phrases: Iterable[str]) -> bool:
    """Whether a text in small letters has one of the phrases as whole words."""
    for phrase in phrases:
        at = text.find(phrase)
        if at >= 0 and not (text[at - 1 : at].isalnum() or text[at + len(phrase) : at + len(phrase) + 1].isalnum()):
            return True
    return False


def _line(asked: Asked, gap: bool) -> Line:
    for kind, ask in _QUESTIONS:
        answer = ask(asked)
        if isinstance(answer, Head):
            return Line(asked.text, gap, kind, answer.who, answer.rest, answer.when)
        if isinstance(answer, tuple) and answer:
            return Line(asked.text, gap, kind, *answer)
        if answer:
            return Line(asked.text, gap, kind)
    return Line(asked.text, gap, "other")


# ------------------------------------------------------------------------------------------------------- marks of dumps


def _is_rule(asked: Asked) -> bool:
    return bool(_RULE.fullmatch(asked.text)) or not asked.bare


def _is_end(asked: Asked) -> bool:
    text = asked.text.strip()
    return bool(re.fullmatch(r"#\s?#\s?#+|-\s?30\s?-|\+\+\+", text)) or (
        asked.bare in asked.reader.words.dump.ends and not text.isdigit()
    )


def _is_more(asked: Asked) -> bool:
    return asked.bare in asked.reader.words.dump.more and asked.text[0] in "(-Mm"


def _opening(asked: Asked) -> tuple[str, ...]:
    """The line over a story that tells which transmission, document or message it is."""
    if _ZCZC.fullmatch(asked.text):
        return ("zczc", asked.text)
    items = alternatives(asked.reader.words.dump.items)
    number = r"(?:no\.?\s*|number\s+|#)?\d+"
    pattern = rf"(?:{number}\s+of\s+\d+\s+(?:{items})|(?:{items})\s*:?\s*{number}(?:\s*(?:of|/)\s*\d+)?:?)"
    return (re.sub(r"\W*\d+\W*", "#", asked.bare),) if re.fullmatch(pattern, asked.bare) else ()


def _is_slug(asked: Asked) -> bool:
    return bool(_SLUG.fullmatch(asked.text)) or asked.bare in asked.reader.words.dump.urgent


def _is_to_editors(asked: Asked) -> bool:
    lowered = asked.text.casefold()
    held = lowered.startswith(asked.reader.words.dump.editors)
    return held and (not lowered.startswith("(") or lowered.rstrip(".").endswith(")"))


def _field(asked: Asked) -> tuple[str, ...]:
    """What the value of a field of a header is, and the value."""
    dump = asked.reader.words.dump
    first, _, rest = asked.text.partition(" ")
    if asked.coded and first in dump.codes:
        return (dump.fields.get(first.casefold(), "other"), rest.strip(), first)
    match = _FIELD.fullmatch(asked.text)
    role = dump.fields.get(fold(match["name"])) if match else None
    if match is None or role is None or (role == "other" and is_prose(match["value"] or "")):
        return ()
    if asked.reader.caption_marker(asked.text) or fold(match["name"]) == "tags":
        return ()
    return (role, (match["value"] or "").strip(), fold(match["name"]))


# ----------------------------------------------------------------------------------------------------- page around it


def _is_copy_note(asked: Asked) -> bool:
    """When the copy was made or the page was looked at."""
    bare = asked.bare
    told = any(bare.startswith(word) for word in asked.reader.words.dump.copies)
    return told and len(asked.text) <= MAX_BUTTON and (bool(re.search(r"\d", bare)) or len(asked.text) < 40)


def _is_link(asked: Asked) -> bool:
    rest = _LINK.sub("", asked.text)
    return rest != asked.text and len(rest.split()) <= 6 and not is_prose(rest)


def _is_host(asked: Asked) -> bool:
    return bool(_HOST.fullmatch(asked.text)) or (bool(_MAIL.fullmatch(asked.text)))


def _is_navigation(asked: Asked) -> bool:
    parts = [part for part in _SEGMENTS.split(asked.text) if part]
    if len(asked.text) > 160 or asked.reader.is_stamp(asked.text) or _END.search(asked.text):
        return False
    short = all(len(part.split()) <= 4 for part in parts[:-1]) and bool(parts)
    several = len(parts) > 2 or (len(parts) == 2 and "|" in asked.text)
    words = [fold(word) for word in asked.text.split()]
    known = sum(word in asked.reader.words.dump.buttons or word in asked.reader.words.sections for word in words)
    return (several and short) or (
        len(words) > 2 and known >= 0.8 * len(words) and not asked.reader.is_stamp(asked.text)
    )


def _is_count(asked: Asked) -> bool:
    counts = alternatives(asked.reader.words.dump.counts)
    counted = len(asked.text) < 50 and bool(re.match(_COUNT.format(counts), asked.bare))
    return counted or bool(_PAGES.fullmatch(asked.bare))


def _is_plea(asked: Asked) -> bool:
    """Whether the page speaks to its readers, outside any quotation."""
    dump = asked.reader.words.dump
    said = _QUOTED.sub(" ", asked.text).casefold()
    if has_phrase(said, dump.pleas) or asked.text.startswith("©"):
        return True
    to_reader = bool(_YOU.search(said) or _MAIL.search(said) or _LINK.search(said))
    return to_reader and has_phrase(said, dump.weak)


def _is_contact(asked: Asked) -> bool:
    return len(asked.text) < MAX_TITLE and bool(_MAIL.search(asked.text)) and not _QUOTED.search(asked.text)


def _away(asked: Asked) -> bool:
    """ "Read: title of another story" on one line."""
    before = alternatives(asked.reader.words.dump.before_titles)
    match = re.match(rf"(?:{before})(?P<mark>\s*[:|»>]\s*|\s+(?=[A-Z]))\S", asked.text, re.IGNORECASE)
    if not match:
        return False
    label = asked.text[: match.start("mark")]
    # Without a colon only capitals tell the label from the first word of a title.
    return not is_prose(asked.text) and (bool(match["mark"].strip()) or (label.isupper() and len(label) > 4))


def _is_furniture(asked: Asked) -> bool:
    if len(asked.text) > MAX_BUTTON or is_prose(asked.text):
        return False
    begins = any(
        asked.bare.startswith(word) and not asked.bare[len(word) : len(word) + 1].isalpha()
        for word in asked.reader.words.dump.furniture
    )
    short = len(asked.text.split()) <= 8 or not is_sentence(asked.text)
    return (begins and short) or asked.reader.is_furniture(asked.text) or bool(_SIGNED.fullmatch(asked.text))


def _heading(name: str) -> Callable[[Asked], bool]:
    def ask(asked: Asked) -> bool:
        bare = re.sub(r"^\d+ |[\s(]*\d+\)?$|^\d+$", "", asked.bare).strip(" (:")
        words: frozenset[str] = getattr(asked.reader.words.dump, name)
        return bare in words and len(asked.text) < 60

    return ask


# ---------------------------------------------------------------------------------------------------- parts of stories


def _number(asked: Asked) -> tuple[str, ...]:
    match = _NUMBER.fullmatch(asked.text)
    return (str(int(match["n"] or match["m"] or match["k"])), match["text"]) if match else ()


def _bullet(asked: Asked) -> tuple[str, ...]:
    match = _BULLET.fullmatch(asked.text)
    return ("", match["text"]) if match else ()


def _is_caption(asked: Asked) -> bool:
    return len(asked.text) <= 600 and (asked.reader.is_picture(asked.text) or bool(_CREDIT.search(asked.text)))


def _is_stamp(asked: Asked) -> bool:
    text = asked.text.strip("()[] ")
    return not _LINK.search(text) and (asked.reader.is_stamp(text) or asked.heads.is_date(text))


def _is_clock(asked: Asked) -> bool:
    return asked.heads.is_hour(asked.text) or asked.reader.is_clock(asked.text)


_QUESTIONS: tuple[tuple[str, Callable[[Asked], object]], ...] = (
    ("end", _is_end),
    ("rule", _is_rule),
    ("more", _is_more),
    ("open", _opening),
    ("copy", _is_copy_note),
    ("summary", _heading("summary")),
    ("slug", _is_slug),
    ("editors", _is_to_editors),
    ("note", lambda asked: asked.reader.is_note(asked.text)),
    ("field", _field),
    ("entry", lambda asked: asked.heads.boxed(asked.text)),
    ("stamp", _is_stamp),
    ("clock", _is_clock),
    ("entry", lambda asked: asked.heads.plain(asked.text)),
    ("comments", _heading("comments")),
    ("related", _heading("related")),
    ("byline", lambda asked: asked.reader.is_byline(asked.text)),
    ("caption", _is_caption),
    ("link", _is_link),
    ("link", _is_host),
    ("button", _is_count),
    ("away", _away),
    ("plea", _is_plea),
    ("plea", _is_contact),
    ("button", _is_navigation),
    ("button", _is_furniture),
    ("number", _number),
    ("bullet", _bullet),
    ("prose", lambda asked: is_prose(asked.text)),
    ("sentence", lambda asked: is_sentence(asked.text)),
    ("caps", lambda asked: is_caps(asked.text) and len(asked.text) <= MAX_BUTTON),
    ("title", lambda asked: len(asked.text.split()) > 2 and len(asked.text) <= MAX_TITLE),
    ("short", lambda asked: len(asked.text) <= MAX_BUTTON),
)
"""Kinds of lines in the order in which they are asked for."""
