"""Checks of what is made from articles and claims: places and parties, copies and versions; and of what people said."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain, pairwise

import msgspec

from marchland.copies.sketch import text_key
from marchland.copies.versions import address_of, read_at
from marchland.ledger.database import Database, Kept
from marchland.ledger.faults import AGAIN, RESTORE, Fault, Note, spans
from marchland.ledger.review import Review, made_review
from marchland.records import Article, ClaimRow, Version, content_id

_ARTICLE: Kept[Article] = Kept(Article, "article")
_ROW: Kept[ClaimRow] = Kept(ClaimRow, "claim")
_REVIEW: Kept[Review] = Kept(Review, "review")
_VERSION: Kept[Version] = Kept(Version, "article_version")


def names(database: Database) -> Iterator[Fault]:
    """Places and parties are as some claim, or some word of a reviewer, has them."""
    places: dict[str, set[tuple[object, ...]]] = defaultdict(set)
    parties: dict[str, set[tuple[object, ...]]] = defaultdict(set)
    rows = (_ROW.decode(record) for (record,) in database.stream("SELECT record FROM claim"))
    said = (_REVIEW.decode(record) for (record,) in database.stream("SELECT record FROM review"))
    moved = (replace(one.row, **one.changes) for one in said if one.row)  # type: ignore[arg-type]
    for row in chain(rows, moved):
        if row.place_id:
            place = (row.place_name or row.place, row.place_kind, row.country, row.admin1, list(row.place_aliases))
            places[row.place_id].add(_frozen(place))
            places[row.place_id].add(("point", row.lat, row.lon))
        actor = (row.actor_name or row.actor or row.actor_id, row.actor_side or row.actor_id, list(row.actor_aliases))
        parties[row.actor_id or ""].add(_frozen((*actor, row.country)))
        name = row.opponent_name or row.opponent_id
        parties[row.opponent_id or ""].add((name, row.opponent_side or row.opponent_id, (), row.country))
    asked = "SELECT place_id, name, kind, country, admin1, aliases, lat, lon FROM place"
    for place_id, name, kind, country, admin1, aliases, lat, lon in database.stream(asked):
        flat = _frozen((name, kind, country, admin1, _array(aliases)))
        if flat not in places[place_id] or (lat is not None and ("point", lat, lon) not in places[place_id]):
            yield Fault("place", place_id, "no claim on it has it so", RESTORE)
    for party_id, name, side, aliases, country in database.stream(
        "SELECT party_id, name, side, aliases, country FROM party"
    ):
        if _frozen((name, side, _array(aliases), country)) not in parties[party_id]:
            yield Fault("party", party_id, "no claim of it has it so", RESTORE)


def _frozen(values: Iterable[object]) -> tuple[object, ...]:
    return tuple(tuple(value) if isinstance(value, list) else value for value in values)


def _array(aliases: str) -> object:
    try:
        return msgspec.json.decode(aliases)
    except msgspec.DecodeError:
        return aliases


def people(database: Database) -> Iterator[Fault]:
    """What people said, and which claims a later reading found: their ids are made of the contents."""
    for review_id, verb, made, reviewer, record in database.stream(
        "SELECT review_id, verb, made, reviewer, record FROM review"
    ):
        one = _REVIEW.decode(record)
        again = made_review(one.verb, by=one.by, because=one.because, made=one.made, claims=one.claims,
                            about=one.about, row=one.row, changes=one.changes)  # fmt: skip
        if (review_id, verb, made, reviewer) != (again.review_id, one.verb, one.made, one.by):
            yield Fault("review", review_id, "its columns or its id are not those of its record", RESTORE)
    for reading_id, article_id, claims, recorded in database.stream(
        "SELECT reading_id, article_id, claims, recorded_at FROM reading"
    ):
        if content_id("reading", article_id, *msgspec.json.decode(claims), recorded) != reading_id:
            yield Fault("reading", reading_id, "it is not what its id was made of", RESTORE)


# ------------------------------------------------------------------------------------------------------------- derived


def copies(database: Database) -> Iterator[Fault | Note]:
    """What is kept of each article for finding its copies is what the article gives."""
    asked = (
        "SELECT a.article_id, a.text, a.record, c.text_key, c.address, c.read_at FROM article a "
        "LEFT JOIN copy_article c ON c.article_id = a.article_id"
    )
    waiting = []
    for article_id, text, record, key, address, moment in database.stream(asked):
        if key is None:
            waiting.append(article_id)
            continue
        article = _ARTICLE.decode(record)
        if (key, address, moment) != (text_key(text), address_of(article), read_at(article)):
            yield Fault("copy_article", article_id, "it is not what its article gives", AGAIN)
    if waiting:
        yield Note("added, but not yet compared with the others for copies: the next marchland run does it",
                   tuple(sorted(waiting)))  # fmt: skip


def versions(database: Database, texts: Mapping[str, int]) -> Iterator[Fault]:
    """Versions of an address are a chain: each reading with other words than the one before it, and no other pairs."""
    expected, unsure = _chains(database)
    found = set()
    for *key, record in database.stream("SELECT address, older_id, newer_id, record FROM article_version"):
        link = (key[0], key[1], key[2])
        found.add(link)
        yield from _version(link, _VERSION.decode(record), texts)
    for link in sorted(expected - found):
        if link[0] not in unsure:
            yield Fault("article_version", ", ".join(link), "this link of the chain is not there", AGAIN)
    for link in sorted(found - expected):
        if link[0] not in unsure:
            yield Fault("article_version", ", ".join(link), "it does not belong to the chain", AGAIN)


Link = tuple[str, str, str]


def _chains(database: Database) -> tuple[set[Link], set[str]]:
    """The links that there should be, and the addresses of which two readings have one moment, in either order."""
    readings: dict[str, list[tuple[str, str, str, int]]] = defaultdict(list)
    asked = (
        "SELECT c.address, c.read_at, a.article_id, a.content_id, c.text_key FROM copy_article c JOIN article a "
        "ON a.article_id = c.article_id WHERE c.address IS NOT NULL "
        "ORDER BY c.address, c.read_at, a.recorded_at, a.article_id"
    )
    for address, *reading in database.stream(asked):
        readings[address].append((reading[0], reading[1], reading[2], reading[3]))
    several = {address: each for address, each in readings.items() if len({one[3] for one in each}) > 1}
    links = {
        (address, older[1], newer[1])
        for address, each in several.items() for older, newer in pairwise(each) if older[2] != newer[2]
    }  # fmt: skip
    return links, {address for address, each in several.items() if len({one[0] for one in each}) < len(each)}


def _version(key: Link, record: Version, texts: Mapping[str, int]) -> Iterator[Fault]:
    row = ", ".join(key)
    if key != (record.address, record.older_id, record.newer_id):
        yield Fault("article_version", row, "its columns are not those of its record", AGAIN)
    newer = msgspec.to_builtins((record.added, record.corrections))
    yield from spans("article_version", row, newer, texts.get(key[2], 0))
    yield from spans("article_version", row, msgspec.to_builtins(record.removed), texts.get(key[1], 0))
