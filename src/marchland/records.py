"""Every record that passes between two stages.

All records are frozen. A stage returns new records and never edits another's. Offsets always point into
`Article.text`, which is final once read: `text[start:end]` is the proof of what a record says.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from enum import StrEnum

EVENTS = (
    "captures", "recaptures", "controls", "contests", "attacks", "besieges", "repels", "withdraws_from", "surrenders",
    "hands_over", "closes", "restricts", "reopens", "flees_across", "displaces",
)  # fmt: skip
"""Events about control of places and passage; every other event is a PLOVER category in lower case."""

STANCES = ("asserts", "hedges", "denies", "plans")


def content_id(*parts: object) -> str:
    """A short stable id made of the content itself, so that reading the same thing twice gives the same id."""
    joined = "\x1f".join("" if part is None else str(part) for part in parts)
    return hashlib.sha256(joined.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Span:
    """Half-open range of characters in one `Article.text`."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The characters themselves."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Interval:
    """Half-open range of wall-clock time at the place itself.

    None at `start` means "on or before", None at `end` "on or after".
    """

    start: dt.datetime | None
    end: dt.datetime | None

    @classmethod
    def of_days(cls, first: dt.date | None, last: dt.date | None = None) -> Interval:
        """From the first day to the last, both included; `last` defaults to `first`."""
        last = last if last is not None else first
        start = dt.datetime.combine(first, dt.time()) if first else None
        end = dt.datetime.combine(last + dt.timedelta(days=1), dt.time()) if last else None
        return cls(start, end)

    @property
    def first_day(self) -> dt.date | None:
        """The first day touched, or None when open at the start."""
        return self.start.date() if self.start else None

    @property
    def last_day(self) -> dt.date | None:
        """The last day touched (inclusive), or None when open at the end."""
        return (self.end - dt.timedelta(microseconds=1)).date() if self.end else None


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that could not be read, with the reason; the run goes on."""

    where: str
    """File, member, row or byte offset: "dump.zip!/page.html", "news.jsonl:41", "crawl.warc.gz@10240"."""
    why: str
    language: str = ""
    """ISO 639-1 code, where the reason is the language."""
    url: str | None = None
    set_aside: bool = False
    """Readable, but triage found nothing in it that could be a claim about control."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One rule that spoke for or against a choice: its name, its weight and a sentence that a person can read."""

    rule: str
    weight: float
    sentence: str


# ---------------------------------------------------------------------------------------------------------------- read


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of one article with one role: headline, byline, dateline, caption, bullet, body."""

    kind: str
    start: int
    end: int


class Sift(StrEnum):
    """Which pages triage looks at before they are read."""

    CRAWLS = "crawls"
    """Pages of web archives: most of a crawl is about other things."""
    ALL = "all"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class DateCue:
    """One answer to "when was this published": the interval, or None where the words make no date, and the cue."""

    interval: Interval | None
    how: str
    kind: str = ""
    """given, linked-data, meta, time-tag, address, printed, dateline, inferred, updated, fetched, clock."""
    refused: str = ""
    """Why it was not believed; empty for one that was outranked."""


@dataclass(frozen=True, slots=True)
class Article:
    """One story, as read from one page. `text` is final: every later offset points into it."""

    article_id: str
    page_id: str
    number: int
    """Position of the story on its page, from 0."""
    text: str
    parts: tuple[Part, ...]
    url: str | None
    publisher: str | None
    publisher_how: str
    """The cue that named the publisher, in words."""
    published: Interval | None
    published_how: str
    """The cue that gave the date, in words; says "inferred" where no date was printed."""
    language: str
    agencies: tuple[str, ...] = ()
    dateline: str | None = None
    """Place named at the head of the story ("KABUL"), as written."""
    content_id: str = ""
    """Hash of the text alone: two pages with one text share it."""
    headline: str = ""
    authors: tuple[str, ...] = ()
    """People named in the byline, in order."""
    section: str = ""
    """opinion, analysis, live, obituary, sport, business, culture, press-release, or empty for plain news."""
    section_how: str = ""
    canonical_url: str | None = None
    """The address without tracking, session or AMP parts: two pages with one canonical address are two versions."""
    updated: Interval | None = None
    """When the page says that it was last changed."""
    fetched: str | None = None
    """When the page was crawled, ISO 8601, where the archive tells: never the date of publication."""
    published_rivals: tuple[DateCue, ...] = ()
    """Every other answer to when it was published, refused or outranked."""
    corrections: tuple[Span, ...] = ()
    """Notes that the story was corrected, clarified or updated."""


# -------------------------------------------------------------------------------------------------------------- claims


@dataclass(frozen=True, slots=True)
class Party:
    """A party as found in the text: `party_id` is stable, also for parties that no table knows ("x:sd:m23-rebels")."""

    text: str
    party_id: str
    name: str
    aliases: tuple[str, ...] = ()
    side: str = ""
    """Id of the side it stands on: the root of its parents ("afghanistan-republic" for the Afghan army)."""
    country: str | None = None
    how: str = ""
    """Why this party: "alias", "epithet: last party of that kind", "our side of the speaker", ..."""
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who says so. `text` is the nearest named speaker as written, or "publisher"."""

    text: str
    name: str
    kind: str
    """Class: publisher, agency, outlet, spokesperson, military, police, governor, councillor, lawmaker, official,
    foreign-official, minister, resident, monitor-group, analyst, un-agency, belligerent, anonymous, media."""
    side: str = ""
    """Id of the side the speaker stands on, empty when neutral or not known."""
    chain: tuple[str, ...] = ()
    """Outermost first: publisher, agency, speaker, the speaker's own source."""
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Quantity:
    """A count that belongs to a claim: "17 out of 19 districts" -> part 17, whole 19, unit "districts"."""

    text: str
    part: float | None = None
    whole: float | None = None
    """What the part is of; 100 for percentages and fractions of something uncounted."""
    unit: str = ""
    """The noun counted as written, or a currency (ISO 4217)."""
    bound: str = ""
    """at-least, at-most, about, between, or empty for exact."""
    low: float | None = None
    high: float | None = None
    """What the words allow at least and at most, in the terms of `part`; None where they set no limit."""
    kind: str = ""
    """places, forces, people, vehicles, money, or empty where the unit does not tell."""


@dataclass(frozen=True, slots=True)
class PlacePhrase:
    """A place as the text names it, before the gazetteer has looked at it."""

    text: str
    span: Span
    name: str = ""
    """The proper name in the phrase ("Islam Qala"), empty for a pure description ("both crossings")."""
    kind: str = ""
    """What the words ask for: crossing, border, district, province, city, town, village, capital, country, base,
    airport, part (of a place), area, or empty."""
    within: tuple[str, ...] = ()
    """Names of places said to contain it or to lie beside it ("in Herat", "of Laghman province")."""
    with_countries: tuple[str, ...] = ()
    """For a crossing: the countries it leads to, as ISO alpha-2."""
    part: str = ""
    """Set when only a part is meant ("parts of", "the outskirts of", "airport"): the words that say so."""
    number: str = ""
    """one, both, two, several, all: how many places a description means."""
    ordinal: bool = False
    aside: bool = False
    """Named only in a side clause ("two days after troops left X"): what follows is seldom about it."""
    offset: Offset | None = None
    """Where it lies from a place that its words name: "30 km west of X"; None for the place itself."""
    side: str = ""
    """Whose side of a crossing alone is meant, as written: "Iranian" in "the Iranian side of the X crossing"."""


@dataclass(frozen=True, slots=True)
class Offset:
    """Where a place lies from the places that its words name: "30 km west of X", "halfway between X and Y"."""

    how: str
    """away (a distance, a direction or both), near, halfway, between, road, travel (hours of driving: no distance)."""
    text: str
    """The words: "30 km west of"."""
    anchors: tuple[str, ...]
    """Names of the places from which it is told: one, or the two ends."""
    km: float | None = None
    bearing: float | None = None
    """Degrees clockwise from north; None where no direction is said."""


@dataclass(frozen=True, slots=True)
class DateWords:
    """A time expression tied to a claim, with what it means against the date of publication."""

    text: str
    span: Span
    interval: Interval | None
    rule: str
    """The rule of the grammar that fired, or why the words could not be told."""
    edtf: str = ""
    of: str = "event"
    """event, saying (a date that belongs to the verb of speech), or limit: words that date another event, before or
    after which this one lies; `span` is then the event's own word."""
    zone: str = ""
    """IANA name of the clock on which the words give hours, where it is not the place's own ("0800 GMT")."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What one sentence says happened at one place, and who says so."""

    claim_id: str
    article_id: str
    page_id: str
    sentence: Span
    trigger: Span
    frame: str
    event: str
    stance: str
    stance_how: str
    actor: Party | None
    opponent: Party | None
    place: PlacePhrase
    source: Speaker
    when: DateWords | None
    said: DateWords | None
    quantity: Quantity | None
    tense: str = ""
    """past, perfect, pluperfect ("had held"), present, future, none (headline, noun)."""
    reading: float = 0.8
    """How sure the reader is that the sentence says this, 0 to 1."""
    reasons: tuple[Reason, ...] = ()
    plover: Plover | None = None
    """Finer coding of an event that is not about control; None for one that is."""
    limit: DateWords | None = None
    """Days between which the event lies where it has no date words of its own, by the day of another event."""


@dataclass(frozen=True, slots=True)
class Plover:
    """What PLOVER tells of an event beside its category."""

    mode: str = ""
    context: str = ""
    aux: tuple[str, ...] = ()
    """Auxiliary modes: negation, future, hypothetical."""
    deed: str = ""
    """What was promised, asked for, refused, ended or threatened, where that made another category of it."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One article and what was found in it: the line that passes from `claims` to `resolve`."""

    article: Article
    claims: tuple[Claim, ...]
    mentions: tuple[PlacePhrase, ...] = ()
    """Every place named anywhere in the article, in order: context for resolving the others."""


# ------------------------------------------------------------------------------------------------------- places, dates


@dataclass(frozen=True, slots=True)
class Place:
    """A place that the gazetteer knows. Degrees are WGS84; `radius_km` says how far the point may be off."""

    place_id: str
    """"gn:1142404" for GeoNames, "x:islam-qala-dogharoun" for a crossing, "iso:AF" for a country."""
    name: str
    kind: str
    """country, province (first order), district (second order), capital (seat of a country), city (seat of a division
    or 100,000 people), town (1,000 people), village, crossing, airport, base, area (region, sea, river, range)."""
    country: str
    """ISO alpha-2; of the first side for a crossing; empty for a region, sea or river of several countries."""
    lat: float
    lon: float
    admin1: str = ""
    """Name of the first-order division it lies in."""
    admin2: str = ""
    population: int = 0
    feature: str = ""
    """GeoNames feature code (PPLA, PPLC, ADM2, AIRP); kind of crossing (road, rail, ferry) for a crossing."""
    other_country: str = ""
    """Second side of a crossing."""
    aliases: tuple[str, ...] = ()
    radius_km: float = 0.0


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a phrase may mean, with the sum of its reasons."""

    place: Place
    score: float
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Resolved:
    """The answer for one place phrase: a choice, or None with the reason for refusing; rivals either way."""

    phrase: PlacePhrase
    choice: Place | None
    reason: str
    rivals: tuple[Candidate, ...] = ()
    part: str = ""
    spot: Spot | None = None
    """The point itself, where the words put it beside the chosen place: "30 km west of X"."""
    side: str = ""
    """ISO alpha-2 of the side of a crossing that alone is meant: "the Iranian side of the X crossing"."""
    border: str = ""
    """ISO alpha-2 of the country on the other side, where every crossing between two countries is meant."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A point that is told by way of other places. Degrees are WGS84."""

    lat: float
    lon: float
    radius_km: float
    """How far the point may be off."""
    how: str
    """As in `Offset`."""


@dataclass(frozen=True, slots=True)
class Dated:
    """When a claim says it happened."""

    interval: Interval | None
    edtf: str
    how: str


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A claim with its place and time told, in the flat columns of the export contract: what the ledger stores.

    A claim on two places is two rows. A claim whose place is refused is still a row: `place_id` is None and
    `place_reason` says why. Dates are ISO 8601 days; `_to` is inclusive; `date_from` None beside a `date_to` means
    on or before it.
    """

    claim_id: str
    """Content id of the claim at this place; unique."""
    page_id: str
    article_id: str
    url: str | None
    publisher: str | None
    published: str | None
    """Last day of the publication interval: the day from which this was known."""
    published_how: str
    sentence: str
    start: int
    end: int
    event: str
    stance: str
    actor: str | None
    actor_id: str | None
    actor_name: str | None
    actor_aliases: tuple[str, ...]
    actor_side: str | None
    opponent_id: str | None
    opponent_name: str | None
    opponent_side: str | None
    place: str
    place_id: str | None
    place_name: str | None
    place_aliases: tuple[str, ...]
    place_kind: str | None
    country: str | None
    admin1: str | None
    lat: float | None
    lon: float | None
    place_reason: str
    place_part: str
    """Words that say only a part is meant ("parts of", "airport"), else empty. A part never changes the whole."""
    source: str
    """Speaker as written, or "publisher"."""
    source_name: str
    source_class: str
    source_side: str
    date_text: str | None
    date_from: str | None
    date_to: str | None
    date_edtf: str
    date_how: str
    quantity: str | None
    witness_id: str
    """One per utterance, agency text or observation: rows that share it count once."""
    frame: str
    reading: float
    tense: str = ""
    event_id: str = ""
    """Filled by the ledger, which groups claims across sources."""
    quantity_part: float | None = None
    quantity_whole: float | None = None
    quantity_unit: str = ""
    quantity_bound: str = ""
    quantity_low: float | None = None
    quantity_high: float | None = None
    quantity_kind: str = ""
    """These seven as in `Quantity`; whoever gave the figure is the claim's source."""
    plover_mode: str = ""
    plover_context: str = ""
    plover_aux: tuple[str, ...] = ()
    plover_deed: str = ""
    """These four as in `Plover`; empty for events of control, whose coding follows from the event."""
    place_precision: str = ""
    """exact, part, near, away, far, between, district, province, border, region or country
    (`places.precision`); empty where the place is refused."""
    place_radius_km: float | None = None
    """How far `lat`, `lon` may be off from where it happened."""
    place_offset_km: float = 0.0
    """How far `lat`, `lon` lie from the point of `place_id`: 30 for "30 km west of X", 0 for X and its parts."""
    place_side: str = ""
    """ISO alpha-2 of the one side of a crossing that is meant ("the Iranian side"); empty for the crossing."""
    published_from: str = ""
    """First day of the publication interval, where it is wider than one day ("Month: August 2021"); else empty."""
    border_with: str = ""
    """ISO alpha-2 of the other country, where all crossings between `country` and it are meant ("closed its border
    with B"); empty for a single place."""
    geo_precision: int | None = None
    """ACLED's code, 1 to 3."""
    where_prec: int | None = None
    """UCDP's code, 1 to 7."""
    date_zone: str = ""
    """IANA name of the time zone of the place, whose days `date_from` and `date_to` are; empty where not known."""
    event_reason: str = ""
    """Why it is in no event, filled by the ledger; empty where nothing speaks against one."""


@dataclass(frozen=True, slots=True)
class Traced:
    """A claim row with how it came about: the spans and reasons of the claim, the place with its rivals."""

    row: ClaimRow
    claim: Claim
    """Its reasons include those of the place; the ones that count for sureness add up to `row.reading`."""
    resolved: Resolved


# -------------------------------------------------------------------------------------------------------------- ledger


@dataclass(frozen=True, slots=True)
class EventRow:
    """One happening, told by one claim or more (export contract)."""

    event_id: str
    event: str
    place_id: str
    place_name: str
    country: str | None
    admin1: str | None
    lat: float | None
    lon: float | None
    actor_id: str | None
    actor_name: str | None
    opponent_name: str | None
    date_from: str | None
    date_to: str | None
    witnesses: int
    outlets: int
    claims: tuple[str, ...]
    denied_by: tuple[str, ...]
    """Who denies it, as written; not the side itself that says that it does not hold the place."""
    part: bool = False
    """Whether it happened in a part of the place or beside it, or is a count of smaller places in it."""
    dates_told: tuple[str, ...] = ()
    """Each of the days told, with who tells it: "2031-05-03: Varn Herald, Lake Radio"."""
    actors_told: tuple[str, ...] = ()
    """Each of the actors told, with who tells it."""
    decided_by: tuple[str, ...] = ()
    """What people have decided about its claims: "one event: Ada, 2031-06-01, the same assault"."""
    admitted_by: tuple[str, ...] = ()
    """Of control: who says for the side itself that it does not hold the place, as written."""


@dataclass(frozen=True, slots=True)
class HoldingRow:
    """Who held a place over a stretch of time, as far as the evidence goes (export contract)."""

    holding_id: str
    place_id: str
    place_name: str
    place_aliases: tuple[str, ...]
    kind: str
    country: str | None
    admin1: str | None
    lat: float | None
    lon: float | None
    holder_id: str | None
    holder_name: str | None
    holder_aliases: tuple[str, ...]
    status: str
    """held, claimed (only the interested side says so), contested (between its last holder and others),
    besieged, abandoned, unknown.

    A holder beside "unknown" is a presumption: it stood there by the table of parties, and no claim says so.
    """
    probability: float
    from_: str | None
    """Exported as `from`; None when it was so before the first report."""
    from_earliest: str | None
    from_latest: str | None
    until: str | None
    last_confirmed: str | None
    known_from: str | None
    witnesses: int
    claims: tuple[str, ...]
    contradicted_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CrossingRow:
    """Whether one direction and kind of traffic of a crossing is open, and who holds its posts (export contract)."""

    place_id: str
    place_name: str
    place_aliases: tuple[str, ...]
    lat: float | None
    lon: float | None
    direction: str
    """both, or "AF>IR" (ISO alpha-2 of the sides)."""
    traffic: str
    """all, travellers, trade, aid."""
    state: str
    """open, restricted, closed, unknown."""
    from_: str | None
    until: str | None
    probability: float
    claims: tuple[str, ...]
    post_a: str
    """ISO alpha-2 and name of the first side's post."""
    post_a_holder: str | None
    """None where no claim tells of a holder: see `post_a_presumed`."""
    post_b: str
    post_b_holder: str | None
    post_a_presumed: str | None = None
    """Who is taken to stand at the first post though no claim says so: the government, while it lasts."""
    post_b_presumed: str | None = None
    kind: str = "crossing"
    """As in `HoldingRow.kind`, so that rows of both can be set beside one another."""


@dataclass(frozen=True, slots=True)
class CountRow:
    """A count of smaller places beside the record on its own day: how many are claimed, which are known (export)."""

    count_id: str
    place_id: str
    place_name: str
    country: str | None
    lat: float | None
    lon: float | None
    holder_id: str
    holder_name: str
    kind: str
    """What is counted: district, province, capital, crossing, territory (its share, compared by districts), or the word
    as told for what there is no list of."""
    text: str
    """The count as written: "17 out of 19 districts"."""
    event: str
    """controls, or captures and recaptures: what was taken lately is not all that is held."""
    part: float
    whole: float | None
    """As told; 100 for a share."""
    bound: str
    """at-least, at-most, about, or empty."""
    day: str
    """The day for which it is told."""
    known_from: str
    claimant: str
    claimant_side: str
    interested: bool
    """Whether the claimant stands on the side that gains by it."""
    outlets: tuple[str, ...]
    members: int
    """Members on our list; 0 where there is none."""
    claimed: float | None
    """The count in terms of that list; None where it is of another whole."""
    on_record: int
    """Members that the side holds on record."""
    expected: float
    """How many it likely holds, on average; of members of which nothing is known any share may be its own."""
    expected_low: int
    expected_high: int
    """Range of four fifths of the probability, of the same distribution: wide where little is known."""
    shortfall: float | None
    """`claimed` less `on_record`: positive where the record lacks some."""
    held: tuple[str, ...]
    """Names of the members that it holds on record."""
    contested: tuple[str, ...]
    """Members fought over on that day: neither held nor not."""
    not_held: tuple[str, ...]
    """Members on record for somebody else, each with the holder in brackets."""
    unknown: tuple[str, ...]
    """Members whose holder is not known on that day."""
    note: str
    """Why the count weighs nothing on the members, or how it differs from others; empty where it just counts."""
    weighed: bool
    """Whether it moves the odds of the members."""
    sentence: str
    claims: tuple[str, ...]
    """All that tell the figure, the first teller's claim first; they count once."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """One row of `why`: what it says and by how much it moved the log-odds of the answer; the rows add up."""

    what: str
    """prior; claim, admission (a party tells of its own loss) or denial; the kind of a hint (count, correction, ...) or
    hazard; earlier (several witnesses in one row); decay."""
    log_odds: float
    """By how much the answer's log-odds moved when this was added to all the rows above it, in nats."""
    sentence: str
    """For people: "Herat lawmaker (no side), Arab News, 9 Jul: "First the Taliban captured ...""."""
    claim_id: str | None = None
    day: str | None = None
    """When it became known; for decay the day asked about."""
    side: str | None = None
    """Id of the side of which it speaks; empty for nobody known, None where it speaks of none."""
    side_name: str | None = None
    against: bool = False
    """Whether it speaks against that side holding the place."""
    own: float | None = None
    """Its own log-likelihood ratio for that side, before anything else is heard."""
    speaker: str = ""
    speaker_side: str = ""
    outlets: tuple[str, ...] = ()
    """All that carry it, by name; they count once."""
    quote: str = ""
    """The sentence of the claim, as printed."""
    claims: tuple[str, ...] = ()
    """Ids of all the claims that it rests on."""
    later: bool = False
    """Whether it tells only of a time after the day asked about."""


@dataclass(frozen=True, slots=True)
class Rival:
    """The second likeliest state of a place, and how much evidence pulls each way."""

    holder_id: str | None
    """None for nobody known."""
    holder_name: str | None
    log_odds: float
    """Against every other state, in nats."""
    probability: float
    pull_for: float
    """Nats by which the answer would lose to this state if nobody had spoken for the answer."""
    pull_against: float
    """Nats by which it would gain if nobody had spoken against it."""
    disputed: bool
    """Whether both pulls are more than two nats."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What `who` says and `why` explains, for one place at one moment of both clocks."""

    place_id: str
    place_name: str
    at: str
    known_at: str | None
    holder_id: str | None
    holder_name: str | None
    status: str
    probability: float
    since: str | None
    last_confirmed: str | None
    rows: tuple[Weighed, ...] = ()
    """Their sum is the log-odds of `holder` against every other state; only `why` fills them."""
    log_odds: float = 0.0
    """Of `holder` (where it is None: that the place is abandoned, if that is its status, else of nobody known) against
    every other state, in nats."""
    rival: Rival | None = None
    witnesses: int = 0
    """Witnesses that bear out the holding."""
    denials: int = 0
    against: int = 0
    """Witnesses against it that do not deny it but tell of something else."""
    lane: str = ""
    """Of an answer about passage: direction and traffic, as in "both/all"; `status` is then open, closed, restricted
    or unknown. Empty where the holder is asked for."""
    ended: str | None = None
    """Last day of the holder, where it was gone by then: nobody known holds the place."""
    reason: str = ""
    """Why nothing can be said, where the day is long before all that is told of the place; else empty."""


# -------------------------------------------------------------------------------------------------------------- copies


@dataclass(frozen=True, slots=True)
class Aligned:
    """A range of one text and the range of the other that it is a copy of. Ends are not included."""

    start: int
    end: int
    other_start: int
    other_end: int
    words: int
    """Words that are equal on both sides; less than the range holds where it was edited."""


@dataclass(frozen=True, slots=True)
class CopyLink:
    """Why two articles are not two witnesses, with the proof: the ranges that they share."""

    article_id: str
    other_id: str
    kind: str
    """same (one text), copy (most of both), cut (most of one is in the other), part (a paragraph or a sentence, such
    as a standing background), quote (the same words in quotation marks), version (one address, read twice)."""
    share: float
    """Share of the article's words that are in the other, 0 to 1; of its quoted words for a quote."""
    other_share: float
    ranges: tuple[Aligned, ...]


@dataclass(frozen=True, slots=True)
class Credit:
    """An article says that its text, or a sentence of it, is somebody else's."""

    article_id: str
    name: str
    """Agency or outlet that is credited."""
    span: Span | None
    """The cue in the article; None where the publisher is the agency, or the credit stood outside the text."""
    how: str
    """The cue in words: "according to Reuters", "published by Reuters", ..."""
    whole: bool
    """Whether the whole article is credited, not only the sentence with the cue."""


@dataclass(frozen=True, slots=True)
class Origin:
    """A member of a copy group that may be where the text comes from, with the sum of its reasons."""

    article_id: str
    score: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class CopyGroup:
    """Articles that are one text: one witness, however many outlets print it."""

    group_id: str
    """Made of the members' ids."""
    articles: tuple[str, ...]
    """Ids, sorted."""
    links: tuple[CopyLink, ...]
    credits: tuple[Credit, ...]
    origin: Origin
    rivals: tuple[Origin, ...]
    """Other members, likeliest first."""
    agency: str
    """Agency that the members credit most, empty where they credit none; it may have no article of its own here."""


@dataclass(frozen=True, slots=True)
class Version:
    """One address read twice, with other words: what came in and what went."""

    address: str
    older_id: str
    newer_id: str
    older_read: str
    """When the older text was fetched, updated or published, ISO 8601; empty where nothing tells."""
    newer_read: str
    added: tuple[Span, ...]
    """Ranges of the newer text."""
    removed: tuple[Span, ...]
    """Ranges of the older text."""
    corrections: tuple[Span, ...]
    """Notes of correction in the newer text."""
    kept: tuple[Aligned, ...]
    """What is in both, the older first."""
