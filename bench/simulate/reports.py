"""Who tells of a deed, when, how honestly, and how it is read: from deeds to claims."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from bench.simulate.deeds import Deed, attacked, happened, mentioned, pretended
from bench.simulate.histories import History
from bench.simulate.noise import Noise, Party, Speaker, War
from marchland.ledger.store import Ledger
from marchland.records import Article, ClaimRow, Interval, content_id

OUTLETS = 40
MISTAKEN = {
    "captures": "attacks", "recaptures": "attacks", "attacks": "captures", "contests": "captures",
    "controls": "captures", "repels": "attacks",
}  # fmt: skip
"""What a deed is taken for where the reader mistakes it."""
DOUBTED = {"denies": "asserts", "hedges": "asserts", "asserts": "hedges"}
"""What becomes of a stance that is misread."""
WORDS = {
    "captures": "{actor} took {place}.", "recaptures": "{actor} took back {place}.",
    "attacks": "{actor} attacked {place}.", "contests": "There was fighting inside {place}.",
    "controls": "{place} is under the control of {actor}.", "repels": "{actor} beat off an attack on {place}.",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Report:
    """One witness telling of a deed: true or not, read rightly or not."""

    deed: Deed
    speaker: Speaker
    side: str
    """Status under which the speaker's side is known; empty where it has none."""
    stance: str
    published: int
    told_day: int | None
    """The day it gives, None for none."""
    reading: float
    number: int


def simulate(histories: Sequence[History], war: War, *, level: float = 1.0, seed: int = 0) -> Iterator[ClaimRow]:
    """The claims made of some histories at a level of noise, place by place. The same seed makes the same claims."""
    noise = war.noise.at(level)
    for index, place in enumerate(histories):
        chance = np.random.default_rng([seed, index])
        told = [one for deed in _deeds(place, war, noise, chance) for one in _told(deed, war, noise, chance)]
        for number, one in enumerate(told):
            report = _read(replace(one, number=number), histories, index, war, noise, chance)
            yield from _copies(report, war, noise, chance)


def fill(ledger: Ledger, rows: Iterator[ClaimRow]) -> int:
    """Put claims into a ledger, each in an article of its own; returns how many there were."""
    return sum(ledger.add(article_of(row), [row]) for row in rows)


def article_of(row: ClaimRow) -> Article:
    """The article that carries a simulated claim: nothing but its sentence."""
    day = dt.date.fromisoformat(row.published or "")
    return Article(
        article_id=row.article_id, page_id=row.page_id, number=0, text=row.sentence, parts=(), url=None,
        publisher=row.publisher, publisher_how="simulated", published=Interval.of_days(day),
        published_how="simulated", language="en",
    )  # fmt: skip


# -------------------------------------------------------------------------------------------------------------- telling


def _deeds(place: History, war: War, noise: Noise, chance: np.random.Generator) -> list[Deed]:
    return [
        *happened(place, war.sides), *mentioned(place, war.sides, noise, chance),
        *attacked(place, war.sides, noise, chance), *pretended(place, war.sides, noise, chance),
    ]  # fmt: skip


def _told(deed: Deed, war: War, noise: Noise, chance: np.random.Generator) -> Iterator[Report]:
    """Everybody who tells of a deed at first hand, and who denies it."""
    if not deed.true:
        yield _by(deed, _party_voice(war, "gainer"), "asserts", noise, chance)
        if chance.random() < noise.false_denied:
            yield _by(deed, _party_voice(war, "loser"), "denies", noise, chance)
        return
    for _ in range(_witnesses(deed, noise, chance)):
        speaker = war.speakers[int(chance.choice(len(war.speakers), p=[one.share for one in war.speakers]))]
        yield _by(deed, speaker, "hedges" if chance.random() < noise.hedged else "asserts", noise, chance)
    if deed.event in ("captures", "recaptures") and chance.random() < noise.denied:
        yield _by(deed, _party_voice(war, "loser"), "denies", noise, chance)


def _witnesses(deed: Deed, noise: Noise, chance: np.random.Generator) -> int:
    if deed.event in ("controls", "attacks"):
        return 1
    silent = noise.silent_return if deed.event in ("recaptures", "repels") else noise.silent_fall
    return 0 if chance.random() < silent else 1 + int(chance.poisson(max(noise.witnesses - 1, 0)))


def _party_voice(war: War, stake: str) -> Speaker:
    return Speaker("spokesperson", stake, 0.0)


def _by(deed: Deed, speaker: Speaker, stance: str, noise: Noise, chance: np.random.Generator) -> Report:
    side = {"gainer": deed.actor, "loser": deed.opponent}.get(speaker.stake, "")
    lag = int(chance.choice(len(noise.lag), p=noise.lag)) if speaker.stake != "gainer" else 0
    published = deed.day + round(lag * noise.lag_scale)
    return Report(deed, speaker, side, stance, published, _day(deed, stance, published, noise, chance), 1.0, 0)


def _day(deed: Deed, stance: str, published: int, noise: Noise, chance: np.random.Generator) -> int | None:
    """The day that a report gives: none for states and denials, now and then a wrong one."""
    if deed.event == "controls" or stance == "denies" or chance.random() < noise.undated:
        return None
    wrong = chance.random() < noise.date_off
    off = int(chance.integers(1, noise.date_miss_days + 1)) * int(chance.choice([-1, 1])) if wrong else 0
    return min(deed.day + off, published)


# -------------------------------------------------------------------------------------------------------------- reading


def _read(
    told: Report, histories: Sequence[History], index: int, war: War, noise: Noise, chance: np.random.Generator
) -> Report:
    """The report as a reader that errs takes it."""
    deed, one = told.deed, told
    wrong = chance.random(6) < (
        noise.misplaced, noise.misdeed, noise.no_actor, noise.swapped, noise.lost_stance, noise.lost_speaker
    )  # fmt: skip
    if wrong[0] and len(histories) > 1:
        near = [i for i in range(index - 4, index + 5) if i != index and 0 <= i < len(histories)]
        deed = replace(deed, place=histories[int(chance.choice(near))])
    if wrong[1]:
        deed = replace(deed, event=MISTAKEN[deed.event])
    if wrong[2]:
        deed = replace(deed, actor="")
    elif wrong[3] and deed.opponent:
        deed = replace(deed, actor=deed.opponent, opponent=deed.actor)
    if wrong[4]:
        one = replace(one, stance=DOUBTED[one.stance])
    if wrong[5]:
        one = replace(one, speaker=Speaker("publisher", "none", 0.0), side="")
    sure = war.readings["wrong" if any(wrong[:4]) else "right"]
    return replace(one, deed=deed, reading=float(chance.choice(sure)))


def _copies(report: Report, war: War, noise: Noise, chance: np.random.Generator) -> Iterator[ClaimRow]:
    """The claim, and those of outlets that copy it; most are found to be copies and share its witness."""
    first = claim_of(report, war, int(chance.integers(OUTLETS)), witness="")
    yield first
    for _ in range(int(chance.poisson(noise.copies))):
        found = chance.random() >= noise.unfound
        late = replace(report, published=report.published + int(chance.integers(0, 2)))
        outlet = int(chance.integers(OUTLETS))
        copied = claim_of(late, war, outlet, witness=first.witness_id if found else f"unfound {outlet}")
        if copied.claim_id != first.claim_id:
            yield copied


def claim_of(report: Report, war: War, outlet: int, *, witness: str) -> ClaimRow:
    """The claim as the ledger takes it."""
    deed, place = report.deed, report.deed.place
    actor, opponent = war.sides.get(deed.actor), war.sides.get(deed.opponent)
    published, day = _iso(report.published), _iso(report.told_day)
    sentence = WORDS[deed.event].format(actor=actor.name if actor else "Somebody", place=place.name)
    outlet_name = f"Outlet {outlet:02}"
    source, name = _source(report, war, outlet_name)
    key = (place.place_id, report.number, deed.event, source, outlet_name, published, day, report.stance, deed.actor)
    article = content_id("simulated article", *key, witness)
    return ClaimRow(
        claim_id=content_id("simulated claim", *key, witness), page_id=f"page-{article}", article_id=article,
        url=None, publisher=outlet_name, published=published, published_how="simulated", sentence=sentence, start=0,
        end=len(sentence), event=deed.event, stance=report.stance, actor=actor.name if actor else None,
        **_party("actor", actor), actor_aliases=(), **_party("opponent", opponent),
        place=place.name, place_id=place.place_id, place_name=place.name, place_aliases=(place.name,),
        place_kind=place.kind, country=war.country, admin1=None, lat=place.lat, lon=place.lon, place_reason="simulated",
        place_part="", source=source, source_name=name, source_class=report.speaker.kind,
        source_side=war.sides[report.side].id if report.side else "", date_text=day, date_from=day,
        date_to=day or published, date_edtf=day or f"../{published}", date_how="simulated", quantity=None,
        witness_id=witness or content_id("simulated witness", *key), frame="simulated", reading=report.reading,
        tense="past",
    )  # fmt: skip


def _source(report: Report, war: War, outlet: str) -> tuple[str, str]:
    """The speaker as written, and its name."""
    kind = report.speaker.kind
    if kind == "publisher":
        return "publisher", outlet
    side = war.sides[report.side].name if report.side else ""
    whose = f"{kind} of {side}" if side else f"{kind} in {report.deed.place.name}"
    return whose, whose


def _party(role: str, party: Party | None) -> dict[str, str | None]:
    found = (party.id, party.name) if party else (None, None)
    return {f"{role}_id": found[0], f"{role}_name": found[1], f"{role}_side": found[0]}


def _iso(day: int | None) -> str | None:
    return None if day is None else dt.date.fromordinal(day).isoformat()
