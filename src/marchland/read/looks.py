"""What one line of a text page looks like by itself: small questions, each with its words or its form."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from marchland.read.hours import HeadFinder, short_year
from marchland.read.lines import MIN_BODY, Reader
from marchland.read.settings import agency_key, alternatives, fold

MAX_TITLE = 200
"""Characters of the longest title."""
MAX_CAPTION = 600
MAX_STAMP = 90
MAX_SHORT = 24
""" "Thursday, 5 Sept 96"."""
MAX_BUTTON = 120
MAX_FIELD = 30
"""Characters of the longest name of a field."""
MAX_COPY_NOTE = 200
KNOWN = 0.8
"""Share of the words of a line that must be names of buttons or sections."""
_RULE = re.compile(r"[\s*=_#~•·.+x–—-]{3,}", re.IGNORECASE)
_SLUG = re.compile(r"(?=[^a-z]*-)[A-Z0-9][A-Z0-9&/.']+(?:-[A-Z0-9&/.']+)+(?:,? ?\(?[A-Z0-9 ]{1,12}\)?)?")
_CYCLE = re.compile(r"(?:am|pm|bc|ap|sp|fn)-\w[\w-]*(?:[ ,].{0,40})?|[a-z]\d{4}|[a-z] [a-z]", re.IGNORECASE)
"""The slug of old wires: a cycle and a keyword, the number of a take, its priority and desk."""
_SENT = re.compile(r"[a-z]{2,5}-(?:[a-z]{2}-)?(?P<m>\d\d)-(?P<d>\d\d)-(?P<y>\d\d)\b.{0,16}", re.IGNORECASE)
"""The last line of old wires, with the day on which it was sent."""
_SENT_AT = re.compile(r".{0,20}\b(?P<d>[0-3]\d)[0-2]\d[0-5]\d ?(?:GMT|UTC|Z) ?(?P<m>[A-Z]{3}) ?(?P<y>\d{4}|\d\d)")
"""The same as a group of day and hour: "101412 GMT AUG 08"."""
_CODED = re.compile(r"(?P<code>[A-Z][A-Z0-9])\s{1,2}-(?:\s+(?P<value>.*)|$)")
_TAG = re.compile(r"<(?P<name>[A-Z]{2,12})>\s*(?P<value>.*?)\s*(?:</(?P=name)>)?", re.IGNORECASE)
FORWARDED = re.compile(
    r"-{2,}\s*(?:forwarded|original) message\s*-{2,}|begin forwarded message:?|on .{8,90} wrote:", re.IGNORECASE
)
_ANSWERS = re.compile(r"\d+ (?:responses?|comments?|replies|thoughts?|answers?) (?:to|on)\b", re.IGNORECASE)
_LABELLED = re.compile(
    r"(?:first |last )?(?:added|created|date|edited|filed|issued|modified|posted|published|released|submitted|updated"
    r"|written)\b",
    re.IGNORECASE,
)
_BY_NAMES = re.compile(
    r"[Bb]y (?:[A-Z][\w.'’-]*(?: |, | and | & )?){2,9}"
    r"(?:(?:in|at|for) [A-Z][\w' -]{2,30}(?: and [A-Z][\w.' -]{2,40})?)?"
)
_PICKS_UP = re.compile(r"x x x\b.*", re.IGNORECASE)
_STAFF = re.compile(r"(?:from|by|text by|words by|story by|report by)\s+(?P<who>[^.:;]{3,60})", re.IGNORECASE)
_ZCZC = re.compile(r"ZCZC\b.*")
_FIELD = re.compile(r"(?P<name>[A-Za-z][A-Za-z ./_-]{0,29}?)(?::|(?<=itle|line) -)(?:\s+(?P<value>.*)|$)")
_NUMBER = re.compile(r"(?:(?P<n>\d{1,2})[.)]|[(\[](?P<m>\d{1,2})[)\]]|#(?P<k>\d{1,2})[.:]?)\s+(?P<text>\S.*)")
_BULLET = re.compile(r"(?:[•·▪●◦*‣∙►>+–—-]|--)\s+(?P<text>\S.*)")
_SEGMENTS = re.compile(r"\s*\|\s*|\s+(?:>|>>|::|/|//|»|›|•|·)\s+")
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
    r"(?:photo(?:graph|s)?|picture|image|pic|illustration|graphic|archive|foto|handout|video|still|credit)s?"
    r"(?: (?:by|credit|courtesy of|courtesy))?\s*[:/]\s*[^.]{2,70}\.?$|\.\s+archive/\S+\.?$",
    re.IGNORECASE,
)  # fmt: skip
_STOP = re.compile(r"[a-z\d]{3}[.!?][\"”’)]* [A-Z]")
_SHOWN = re.compile(
    r"\b(?:in|from) (?:a|an|this) (?:\w+ )?(?:photo|photograph|picture|image|still|video grab|screengrab)\b"
    r"|^(?:above|below|left|right|pictured|file|top|bottom|in the picture)(?: (?:left|right))?\s*:",
    re.IGNORECASE,
)
_CREDITED = re.compile(r"[^.!?]+(?:19|20)\d\d[.!]\s+(?P<who>[A-Z][\w ]{1,20})\.?")
_QUOTED = re.compile(r"[\"“][^\"”]*[\"”]?")
_YOU = re.compile(r"\b(?:you|your|our|us|we|please|me)\b", re.IGNORECASE)
_SMALL_WORDS = frozenset({"a", "and", "in", "of", "the", "to", "this", "up", "with"})
_LABEL_ENDS = frozenset(":#")
_SIGNED = re.compile(r"(?:[\w()]+ ){0,2}[a-z]{2,4}(?:[/-][a-z]{2,4}){1,3}")


@dataclass(frozen=True, slots=True)
class Asked:
    """One line while its kind is asked."""

    text: str
    bare: str
    """Folded."""
    reader: Reader
    heads: HeadFinder
    coded: bool


def is_prose(text: str) -> bool:
    """Whether a text is a paragraph by its length and its last character."""
    return len(text) > MAX_TITLE or (len(text) >= MIN_BODY and bool(_END.search(text) or _STOP.search(text)))


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


def is_rule(asked: Asked) -> bool:
    return bool(_RULE.fullmatch(asked.text)) or not asked.bare


def end_of(asked: Asked) -> tuple[str, ...] | bool:
    text = asked.text.strip()
    grouped = _SENT_AT.fullmatch(text)
    month = asked.reader.words.months.get(grouped["m"].casefold(), 0) if grouped else 0
    if grouped and month:
        return (
            "",
            "",
            f"{int(grouped['y']) % 100 + (1900 if int(grouped['y'][-2:]) > 69 else 2000)}-{month:02}-{grouped['d']}",
        )
    sent = _SENT.fullmatch(text)
    if sent:
        century = "19" if int(sent["y"]) > 69 else "20"
        return ("", "", f"{century}{sent['y']}-{sent['m']}-{sent['d']}")
    return bool(re.fullmatch(r"#\s?#\s?#+|-\s?30\s?-|\+\+\+", text)) or (
        asked.bare in asked.reader.words.dump.ends and not text.isdigit()
    )


def is_more(asked: Asked) -> bool:
    more = asked.bare in asked.reader.words.dump.more and asked.text[0] in "(-Mm"
    return more or (bool(_PICKS_UP.fullmatch(asked.text)) and len(asked.text) <= MAX_BUTTON)


def opening_of(asked: Asked) -> tuple[str, ...]:
    """The line over a story that tells which transmission, document or message it is."""
    if _ZCZC.fullmatch(asked.text):
        return ("zczc", asked.text)
    items = alternatives(asked.reader.words.dump.items)
    number = r"(?:no\.?\s*|number\s+|#)?\d+(?:[/-]\d+)?"
    pattern = (
        rf"(?:(?:\w+\s+-\s+)?{number}\s+of\s+\d+\s+(?:{items})s?|(?:{items})\s*:?\s*{number}(?:\s*(?:of|/)\s*\d+)?:?)"
    )
    return (re.sub(r"\W*\d+\W*", "#", asked.bare),) if re.fullmatch(pattern, asked.bare) else ()


def is_slug(asked: Asked) -> bool:
    old = _CYCLE.fullmatch(asked.text) and not is_sentence(asked.text)
    return bool(old) or bool(_SLUG.fullmatch(asked.text)) or asked.bare in asked.reader.words.dump.urgent


def is_to_editors(asked: Asked) -> bool:
    lowered = asked.text.casefold()
    held = lowered.startswith(asked.reader.words.dump.editors)
    return held and (not lowered.startswith("(") or lowered.rstrip(".").endswith(")"))


def field_of(asked: Asked) -> tuple[str, ...]:
    """What the value of a field of a header is, and the value."""
    dump = asked.reader.words.dump
    first, _, rest = asked.text.partition(" ")
    if asked.coded and first in dump.codes:
        return (dump.fields.get(first.casefold(), "other"), rest.strip(), first)
    marked = _CODED.fullmatch(asked.text) or _TAG.fullmatch(asked.text)
    if marked and (name := marked[1].casefold()) in dump.marked:
        return (dump.marked[name], (marked["value"] or "").strip(), name)
    match = _FIELD.fullmatch(asked.text)
    role = dump.fields.get(fold(match["name"])) if match else None
    if match is None or role is None or (role == "other" and is_prose(match["value"] or "")):
        return ()
    if asked.reader.caption_marker(asked.text) or fold(match["name"]) == "tags":
        return ()
    return (role, (match["value"] or "").strip(), fold(match["name"]))


def is_copy_note(asked: Asked) -> bool:
    """When the copy was made or the page was looked at, or what the weather is."""
    told = next(
        (word for word in asked.reader.words.dump.copies if has_phrase(asked.bare[: len(word) + 1], [word])), ""
    )
    if not told or len(asked.text) > MAX_COPY_NOTE:
        return False
    # Towns are captured too, and storms are weather: a day, an hour or figures between bars must be told.
    dated = bool(asked.reader.dates.full(asked.text)) or asked.heads.has_hour(asked.text)
    return dated or ("|" in asked.text and bool(re.search(r"\d", asked.text)))


def is_link(asked: Asked) -> bool:
    rest = _LINK.sub("", asked.text)
    return rest != asked.text and len(rest.split()) <= 6 and not is_prose(rest)


def is_host(asked: Asked) -> bool:
    return bool(_HOST.fullmatch(asked.text)) or (bool(_MAIL.fullmatch(asked.text)))


def is_navigation(asked: Asked) -> bool:
    """Names of sections or buttons beside each other."""
    parts = [part for part in _SEGMENTS.split(asked.text) if part]
    if len(asked.text) > 160 or asked.reader.is_stamp(asked.text) or _END.search(asked.text):
        return False
    short = all(len(part.split()) <= 4 for part in parts[:-1]) and bool(parts)
    dump, sections = asked.reader.words.dump, asked.reader.words.sections
    words = [fold(word) for word in asked.text.split() if fold(word) not in _SMALL_WORDS]
    known = sum(word in dump.buttons or word in sections for word in words)
    several = len(parts) > 2 or (len(parts) == 2 and bool(re.search(r"\||\s(?:>|»|::)\s", asked.text)))
    return (several and short) or (len(words) > 2 and known >= KNOWN * len(words))


def is_count(asked: Asked) -> bool:
    """How often the page was looked at, or which page it is."""
    counts = alternatives(asked.reader.words.dump.counts)
    counted = re.match(_COUNT.format(counts), asked.bare)
    return bool(counted and len(asked.bare[counted.end() :].split()) <= 3) or bool(_PAGES.fullmatch(asked.bare))


def is_plea(asked: Asked) -> bool:
    """Whether the page speaks to its readers, outside any quotation."""
    dump = asked.reader.words.dump
    said = _QUOTED.sub(" ", asked.text).casefold()
    if has_phrase(said, dump.pleas) or asked.text.startswith("©"):
        return True
    to_reader = bool(_YOU.search(said) or _MAIL.search(said) or _LINK.search(said))
    return to_reader and has_phrase(said, dump.weak)


def is_contact(asked: Asked) -> bool:
    return len(asked.text) < MAX_TITLE and bool(_MAIL.search(asked.text)) and not _QUOTED.search(asked.text)


def is_byline(asked: Asked) -> bool:
    """Whether a line names the author, or the desk that the story came from."""
    match = _STAFF.fullmatch(asked.text)
    words = {fold(word) for word in match["who"].split()} if match else set()
    desk = len(words & asked.reader.words.byline_words) > 1 and len(words) < 8
    return asked.reader.is_byline(asked.text) or bool(_BY_NAMES.fullmatch(asked.text)) or desk


def leads_on(asked: Asked) -> bool:
    """ "Read: title of another story" on one line."""
    before = alternatives(asked.reader.words.dump.before_titles)
    match = re.match(rf"(?:{before})(?P<mark>\s*[:|»>]\s*|\s+(?=[A-Z]))\S", asked.text, re.IGNORECASE)
    if not match:
        return False
    label = asked.text[: match.start("mark")]
    # Without a colon only capitals tell the label from the first word of a title.
    return not is_prose(asked.text) and (bool(match["mark"].strip()) or (label.isupper() and len(label) > 4))


def is_furniture(asked: Asked) -> bool:
    """A button, a label, a link of the page; of titles that begin with the same word only short ones."""
    if len(asked.text) > MAX_BUTTON or is_prose(asked.text):
        return False
    words = len(asked.text.split())
    for phrase in asked.reader.words.dump.furniture:
        if asked.bare.startswith(phrase) and not asked.bare[len(phrase) : len(phrase) + 1].isalpha():
            sure = " " in phrase or asked.bare[len(phrase) : len(phrase) + 1] in _LABEL_ENDS or phrase == "copyright"
            if words <= 4 or (sure and (words <= 8 or not is_sentence(asked.text))):
                return True
    return asked.reader.is_furniture(asked.text) or bool(_SIGNED.fullmatch(asked.text))


def heading_in(name: str) -> Callable[[Asked], bool]:
    def ask(asked: Asked) -> bool:
        bare = re.sub(r"^\d+ |[\s(]*\d+\)?$|^\d+$", "", asked.bare).strip(" (:")
        words: frozenset[str] = getattr(asked.reader.words.dump, name)
        answers = _ANSWERS.match(asked.text) if name == "comments" else None
        return bool(answers) or (bare in words and len(asked.text) < 60)

    return ask


def number_of(asked: Asked) -> tuple[str, ...]:
    match = _NUMBER.fullmatch(asked.text)
    return (str(int(match["n"] or match["m"] or match["k"])), match["text"]) if match else ()


def bullet_of(asked: Asked) -> tuple[str, ...]:
    match = _BULLET.fullmatch(asked.text)
    return ("", match["text"]) if match else ()


def unmarked(text: str) -> str:
    """An item of a list without its mark."""
    match = _BULLET.fullmatch(text)
    return match["text"] if match else text


def is_caption(asked: Asked) -> bool:
    if len(asked.text) > MAX_CAPTION:
        return False
    credited = len(asked.text) <= MAX_TITLE and _CREDITED.fullmatch(asked.text)
    if credited and agency_key(credited["who"]) in asked.reader.words.agencies:
        return True
    shown = len(asked.text) <= MAX_TITLE and "said" not in asked.bare and bool(_SHOWN.search(asked.text))
    return shown or asked.reader.is_picture(asked.text) or bool(_CREDIT.search(asked.text))


def is_stamp(asked: Asked) -> bool:
    """Whether a line is a printed date, alone, with a label, in brackets, or among few other fields."""
    text = asked.text.strip("()[] ")
    parts = [part.strip() for part in text.split("|")]
    if len(parts) > 1 and len(text) <= MAX_BUTTON and all(len(part.split()) <= 9 for part in parts):
        return any(asked.reader.is_stamp(part) or asked.heads.is_date(part) for part in parts)
    if _LINK.search(text):
        return False
    short = short_year(text, asked.reader.words.months)
    if short and len(text) <= MAX_SHORT:
        return True
    dated = bool(short or asked.reader.dates.full(text))
    boxed = text != asked.text.strip() and asked.text[0] in "([" and len(text) <= MAX_BUTTON
    labelled = len(text) <= MAX_STAMP and bool(_LABELLED.match(text)) and not _END.search(text)
    return (dated and (boxed or labelled)) or asked.reader.is_stamp(text) or asked.heads.is_date(text)


def is_clock(asked: Asked) -> bool:
    return asked.heads.is_hour(asked.text) or asked.reader.is_clock(asked.text)
