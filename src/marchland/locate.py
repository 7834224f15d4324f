"""The resolve stage: a `Reading` in, flat claim rows with place, day and witness out."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from typing import Any

from marchland.dates import edtf, on_clock, zone_of
from marchland.places.distance import km_between
from marchland.places.gazetteer import Gazetteer
from marchland.places.names import key
from marchland.places.precision import precision
from marchland.places.resolve import Resolver
from marchland.places.sureness import PlaceFacts, place_reasons
from marchland.records import (
    EVENTS,
    Article,
    Claim,
    ClaimRow,
    Dated,
    DateWords,
    Interval,
    Place,
    Quantity,
    Reading,
    Reason,
    Resolved,
    Traced,
    content_id,
)
from marchland.sureness import Sureness, counted, probability
from marchland.twins import Telling, with_twins

STATES = frozenset({"controls", "contests", "besieges"})
PASSAGE = frozenset({"closes", "reopens", "restricts"})
FAMILY = {"recaptures": "captures"}
MAX_ALIASES = 40


def locate(reading: Reading, gazetteer: Gazetteer) -> list[ClaimRow]:
    """Every claim of an article at every place it speaks of; refused places are rows, too."""
    return [traced.row for traced in trace(reading, gazetteer)]


def trace(reading: Reading, gazetteer: Gazetteer, sureness: Sureness | None = None) -> list[Traced]:
    """The rows of `locate`, each with how it came about. `sureness` defaults to the shipped weights."""
    sureness = sureness or shipped_sureness()
    placed = _once(_placed(reading, gazetteer))
    told = Counter(_deed(claim, answer) for claim, answer in placed if claim.event in EVENTS)
    found: dict[str, Traced] = {}
    printed = reading.article.published
    tellings = [Telling(c, answer, at_place(date(c, printed), c, answer.choice)) for c, answer in placed]
    for claim, answer, dated in ((one.claim, one.answer, one.dated) for one in with_twins(tellings)):
        again = claim.event in EVENTS and answer.choice is not None and told[_deed(claim, answer)] > 1
        facts = PlaceFacts(answer, again, claim.event in EVENTS and told.total() == 1)
        sure = _surer(claim, place_reasons(facts, sureness))
        row = _row(sure, reading.article, answer, dated, gazetteer)
        found[row.claim_id] = Traced(row, sure, _slim(answer))
    return list(found.values())


def _once(placed: Iterable[tuple[Claim, Resolved]]) -> list[tuple[Claim, Resolved]]:
    """One claim for each place, event, stance and speaker of a sentence: "X fell, and the city was taken quietly"."""
    kept: dict[tuple[object, ...], tuple[Claim, Resolved]] = {}
    for claim, answer in placed:
        where = answer.choice.place_id if answer.choice is not None else claim.claim_id
        actor, day = claim.actor and claim.actor.side, claim.when and claim.when.text
        what = (claim.sentence, claim.event, where, answer.part, claim.stance, claim.source.text, actor, day)
        plain = claim.event not in EVENTS or claim.quantity is not None
        kept.setdefault((claim.claim_id, where) if plain else what, (claim, answer))
    return list(kept.values())


def _surer(claim: Claim, more: tuple[Reason, ...]) -> Claim:
    """The claim with the reasons of its place; a claim that came without reasons keeps its figure."""
    reasons = (*claim.reasons, *more)
    return replace(claim, reasons=reasons, reading=probability(reasons)) if counted(claim.reasons) else claim


@cache
def shipped_sureness() -> Sureness:
    """The shipped weights, read once."""
    return Sureness.load()


def _placed(reading: Reading, gazetteer: Gazetteer) -> Iterator[tuple[Claim, Resolved]]:
    """Each claim with each place it speaks of, in the order of the text."""
    resolver = Resolver.of(reading, gazetteer)
    before: tuple[Claim, tuple[Resolved, ...]] | None = None
    for claim in sorted(reading.claims, key=lambda c: (c.sentence.start, c.place.span.start, c.claim_id)):
        answers = resolver.resolve(claim.place, claim.event)
        if claim.place.kind == "it" and before is not None and before[0].sentence == claim.sentence and before[1]:
            answers = tuple(replace(answer, phrase=claim.place) for answer in before[1])
        yield from ((claim, answer) for answer in answers)
        before = (claim, answers)


def _deed(claim: Claim, answer: Resolved) -> tuple[str, str]:
    """Kind of deed and place: what the article may tell twice."""
    place = answer.choice.place_id if answer.choice else claim.place.text
    return (FAMILY.get(claim.event, claim.event), place)


def _slim(answer: Resolved) -> Resolved:
    """Without the aliases of the rivals: they explain nothing and are long."""
    rivals = tuple(replace(one, place=replace(one.place, aliases=())) for one in answer.rivals)
    choice = replace(answer.choice, aliases=()) if answer.choice else None
    return replace(answer, choice=choice, rivals=rivals)


def date(claim: Claim, published: Interval | None) -> Dated:
    """When it happened: the words of the event; else on or before the saying, or within the limit that another event
    sets; else on or before publication."""
    when = claim.when
    if when is not None and when.interval is not None:
        return Dated(when.interval, when.edtf, when.rule)
    if when is not None and when.rule.startswith("some time before"):
        return Dated(None, "", when.rule)
    if claim.event in PASSAGE and when is not None and _names_time(when):
        return Dated(None, "", f"the words do not tell the day: {when.rule}")
    refused = f"; {when.rule}" if when is not None else ""
    limits = [limit for limit in (_said(claim), claim.limit) if limit is not None and limit.interval is not None]
    if limits:
        tightest = min(limits, key=_end)
        return Dated(tightest.interval, edtf(tightest.interval), f"{tightest.rule}{refused}")  # type: ignore[arg-type]
    if published is None:
        return Dated(None, "", f"no date: the article is not dated{refused or ' and the sentence names none'}")
    if claim.event in STATES and claim.tense in ("present", "none") and claim.stance != "plans":
        return Dated(published, edtf(published), f"a state on the day of publication{refused}")
    interval = Interval(None, published.end)
    return Dated(interval, edtf(interval), f"on or before publication{refused}")


def _names_time(when: DateWords) -> bool:
    """Whether words that tell no day speak of a time all the same: "again" does not (`no_day` in date_words.toml)."""
    return "repetition" not in when.rule


def _said(claim: Claim) -> DateWords | None:
    """The day of saying as a limit: what is reported had happened by then."""
    said = claim.said
    if said is None or said.interval is None:
        return None
    return replace(said, interval=Interval(None, said.interval.end), rule=f"on or before it was said: {said.text}")


def _end(words: DateWords) -> tuple[bool, dt.datetime]:
    """The end of a limit for comparison; an open end is the latest."""
    end = words.interval.end if words.interval else None
    return end is None, end or dt.datetime.max


def at_place(dated: Dated, claim: Claim, place: Place | None) -> Dated:
    """The date with hours that the words give on another clock ("0800 GMT") moved to the clock of the place."""
    written = claim.when.zone if claim.when is not None and dated.interval is claim.when.interval else ""
    zone = _zone(place) if written else ""
    if not zone or zone == written or dated.interval is None:
        return dated
    interval = on_clock(dated.interval, written, zone)
    return Dated(interval, edtf(interval), f"{dated.how}; moved from the clock of {written} to that of {zone}")


def _zone(place: Place | None) -> str:
    return zone_of(place.country, place.lat, place.lon)[0] if place is not None else ""


def _begun(published: Interval | None) -> str:
    """The first day of a publication interval of several days; empty for one day."""
    first, last = (published.first_day, published.last_day) if published else (None, None)
    return first.isoformat() if first is not None and first != last else ""


def _row(claim: Claim, article: Article, resolved: Resolved, dated: Dated, gazetteer: Gazetteer) -> ClaimRow:
    place, actor, opponent = resolved.choice, claim.actor, claim.opponent
    first, last = (dated.interval.first_day, dated.interval.last_day) if dated.interval else (None, None)
    published = article.published.last_day.isoformat() if article.published and article.published.last_day else None
    return ClaimRow(
        claim_id=content_id(claim.claim_id, place.place_id if place else resolved.reason),
        page_id=article.page_id,
        article_id=article.article_id,
        url=article.url,
        publisher=article.publisher,
        published=published,
        published_how=article.published_how,
        sentence=claim.sentence.of(article.text),
        start=claim.sentence.start,
        end=claim.sentence.end,
        event=claim.event,
        stance=claim.stance,
        actor=(actor.text or None) if actor else None,
        actor_id=actor.party_id if actor else None,
        actor_name=actor.name if actor else None,
        actor_aliases=actor.aliases if actor else (),
        actor_side=(actor.side or actor.party_id) if actor else None,
        opponent_id=opponent.party_id if opponent else None,
        opponent_name=opponent.name if opponent else None,
        opponent_side=(opponent.side or opponent.party_id) if opponent else None,
        place=claim.place.text,
        place_id=place.place_id if place else None,
        place_name=place.name if place else (resolved.phrase.name or None),
        place_aliases=_aliases(place, gazetteer),
        place_kind=place.kind if place else None,
        country=(place.country or None) if place else None,
        admin1=place.admin1 if place else None,
        place_reason=resolved.reason,
        place_part=resolved.part,
        source=claim.source.text,
        source_name=claim.source.name,
        source_class=claim.source.kind,
        source_side=claim.source.side,
        date_text=claim.when.text if claim.when else None,
        date_from=first.isoformat() if first else None,
        date_to=last.isoformat() if last else None,
        date_edtf=dated.edtf,
        date_how=dated.how,
        quantity=claim.quantity.text if claim.quantity else None,
        witness_id=witness(claim, article, place),
        frame=claim.frame,
        reading=claim.reading,
        tense=claim.tense,
        published_from=_begun(article.published),
        **_point(resolved),
        **_counted(claim.quantity),
        plover_mode=claim.plover.mode if claim.plover else "",
        plover_context=claim.plover.context if claim.plover else "",
        plover_aux=claim.plover.aux if claim.plover else (),
        plover_deed=claim.plover.deed if claim.plover else "",
        date_zone=_zone(place),
    )


def _point(resolved: Resolved) -> dict[str, Any]:
    """Where it happened and how precisely that is told: the place's own point, or the spot beside it."""
    at, place, told = resolved.spot or resolved.choice, resolved.choice, precision(resolved)
    beside = 0.0 if at is None or place is None or at is place else km_between((at.lat, at.lon), (place.lat, place.lon))
    return {
        "lat": at.lat if at else None,
        "lon": at.lon if at else None,
        "place_precision": told.words if told else "",
        "place_radius_km": told.radius_km if told else None,
        "place_offset_km": round(beside, 1),
        "place_side": resolved.side,
        "border_with": resolved.border,
        "geo_precision": told.geo_precision if told else None,
        "where_prec": told.where_prec if told else None,
    }


def _counted(quantity: Quantity | None) -> dict[str, Any]:
    """The columns of a count; none for a claim without one."""
    if quantity is None:
        return {}
    names = ("part", "whole", "unit", "bound", "low", "high", "kind")
    return {f"quantity_{name}": getattr(quantity, name) for name in names}


def _aliases(place: Place | None, gazetteer: Gazetteer) -> tuple[str, ...]:
    if place is None:
        return ()
    return tuple(dict.fromkeys((*place.aliases, *gazetteer.aliases(place.place_id))))[:MAX_ALIASES]


def witness(claim: Claim, article: Article, place: Place | None) -> str:
    """Whose knowledge the claim rests on: one speaker, one agency or one text about one happening is one witness."""
    happening = (place.place_id if place else claim.place.text, FAMILY.get(claim.event, claim.event))
    day = article.published.last_day if article.published else None
    if claim.source.kind != "publisher":
        return content_id("speaker", key(claim.source.name), *happening, day if claim.source.kind == "official" else "")
    if article.agencies:
        return content_id("agency", article.agencies[0], *happening, day)
    words = key(replace(claim, when=None).sentence.of(article.text))
    return content_id("text", words, *happening)
