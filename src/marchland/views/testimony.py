"""Witnesses as people read them: each happening, who tells of it, and why several claims are one witness."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from marchland.events.witness import WitnessLink
from marchland.ledger.testimony import Heard, Testimony, Voice
from marchland.records import ClaimRow
from marchland.views.paper import Block, Line, Table
from marchland.views.terminal import short, speaker
from marchland.views.words import clean, count, day, percent

_MOST_CLAIMS = 12
_MOST_LINKS = 6


def blocks(heard: Heard, label: str) -> Iterator[Block]:
    """Every happening by day with its witnesses, then the claims that are in none."""
    told = count(len(heard.testimonies), "happening")
    yield Line(f"{label}: {told} on record", "bold")
    for one in heard.testimonies:
        yield Line()
        yield from _testimony(one)
    if heard.left_out:
        yield Line()
        yield Line(f"{count(len(heard.left_out), 'claim')} in no event", "bold")
        for row, why in heard.left_out[:_MOST_CLAIMS]:
            yield Line(f"  {short(row.claim_id)} {row.event}, {speaker(row)}: {clean(why, limit=160)}")
        yield from _more(len(heard.left_out) - _MOST_CLAIMS, "claim")


def _testimony(one: Testimony) -> Iterator[Block]:
    event = one.event
    days = f"{day(event.date_from, none='?')} to {day(event.date_to, none='?')}"
    days = day(event.date_to, none="no day") if event.date_from == event.date_to else days
    days = f"by {day(event.date_to)}" if event.date_from is None and event.date_to else days
    who = f" by {clean(event.actor_name)}" if event.actor_name else ""
    part = ", a part of it" if event.part else ""
    denials = sum(voice.denies and not voice.admits for voice in one.voices)
    denied = f", denied by {count(denials, 'witness', 'witnesses')}" if denials else ""
    own = sum(voice.admits for voice in one.voices)
    denied += f", {count(own, 'witness', 'witnesses')} of its own side admitting that it is not so" if own else ""
    yield Line(f"{days}: {event.event}{who}{part}; {count(event.witnesses, 'witness', 'witnesses')}"
               f"{denied}", "bold")  # fmt: skip
    if len(event.dates_told) > 1:
        yield Line("  days told: " + "; ".join(clean(item, limit=120) for item in event.dates_told))
    if len(event.actors_told) > 1:
        yield Line("  actors told: " + "; ".join(clean(item, limit=120) for item in event.actors_told))
    for item in event.decided_by:
        yield Line(f"  decided: {clean(item, limit=160)}")
    for number, voice in enumerate(one.voices, 1):
        yield from _voice(number, voice)


def _voice(number: int, voice: Voice) -> Iterator[Block]:
    one = voice.witness
    rows = [item.row for item in one.rows]
    adds = f", adds {percent(one.independence)} of its weight: {one.leans_on}" if one.leans_on else ""
    what = "admits that it is not so" if voice.admits else "denies it" if voice.denies else "tells it"
    yield Line(f"  {number}. {clean(speaker(one.best.row))} {what}, read rightly {percent(one.reading)}{adds}")
    shown = rows[:_MOST_CLAIMS]
    yield Table(
        ("claim", "known", "who says so", "words"), tuple(_row(row) for row in shown),
        whole=frozenset({"claim", "known"}), wide="words", styles=(("claim", "dim"), ("known", "dim")),
    )  # fmt: skip
    yield from _more(len(rows) - len(shown), "claim")
    if len(rows) > 1:
        yield from (Line(f"     {text}", "dim") for text in _reasons(voice.links)[:_MOST_LINKS])
        yield from _more(len(_reasons(voice.links)) - _MOST_LINKS, "reason")


def _row(row: ClaimRow) -> tuple[str, ...]:
    return short(row.claim_id), day(row.published), speaker(row), f"“{clean(row.sentence, limit=300)}”"


def _reasons(links: Sequence[WitnessLink]) -> list[str]:
    """Each reason once, with the claims that it joins."""
    joined: dict[str, set[str]] = {}
    for one in links:
        joined.setdefault(one.sentence, set()).update((short(one.claim_id), short(one.other_id)))
    return [f"{', '.join(sorted(claims))}: {clean(sentence, limit=160)}" for sentence, claims in sorted(joined.items())]


def _more(number: int, what: str) -> Iterator[Block]:
    if number > 0:
        yield Line(f"     and {count(number, f'more {what}')}: see --json", "dim")


def as_json(heard: Heard) -> str:
    """The same as one JSON object, with every claim id and every link."""
    found = {
        "events": [
            {"event": dataclasses.asdict(one.event), "witnesses": [_as_mapping(voice) for voice in one.voices]}
            for one in heard.testimonies
        ],
        "left_out": [{"claim_id": row.claim_id, "why": why} for row, why in heard.left_out],
    }
    return msgspec.json.format(msgspec.json.encode(found), indent=2).decode() + "\n"


def _as_mapping(voice: Voice) -> Mapping[str, object]:
    one = voice.witness
    return {
        "witness_id": one.best.row.witness_id,
        "who": one.best.row.source_name if one.best.row.source != "publisher" else one.best.row.publisher,
        "denies": voice.denies,
        "admits": voice.admits,
        "claims": list(one.claims),
        "reading": round(one.reading, 4),
        "independence": one.independence,
        "leans_on": one.leans_on,
        "links": [dataclasses.asdict(link) for link in voice.links],
    }
