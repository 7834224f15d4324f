"""What the ledger knows of copies: links between texts, credits, versions, and the sentences that are the same words.

All of it follows from the articles and their claims, and can be made again. Everything is written inside the
transaction that the caller has open.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

import msgspec

from marchland.copies.compare import Text, TextLink, compared, prepared, quoting, version_of
from marchland.copies.index import Chooser, Index
from marchland.copies.relay import RelayFinder, order
from marchland.copies.sentences import Sentence, same_sentences
from marchland.copies.settings import CopySettings, load_names, load_roles, load_settings
from marchland.copies.versions import address_of, read_at, version
from marchland.events.bases import NOBODY, Linking, SharedWords, relays, written
from marchland.ledger.database import Database, Kept
from marchland.records import Aligned, Article, ClaimRow, Credit, Version

KEPT_TEXTS = 2000
"""Texts held ready for comparison in memory: about 25 MB."""
LOT = 200
"""Values in one question to the database."""
KINDS = ("text", "quote")
Pair = tuple[Sentence, Sentence]
_RELAYED = "INSERT INTO copy_relay VALUES (?,?) ON CONFLICT (claim_id) DO UPDATE SET name = excluded.name"
_RESTS_ON = "INSERT INTO witness_link VALUES (?,?,?,?,?,?) ON CONFLICT DO NOTHING"
_ROW: Kept[ClaimRow] = Kept(ClaimRow, "claim")
_ARTICLE: Kept[Article] = Kept(Article, "article")
_RANGES: Kept[tuple[Aligned, ...]] = Kept(tuple[Aligned, ...], "copy_link")
_CREDIT: Kept[Credit] = Kept(Credit, "copy_credit")
_VERSION: Kept[Version] = Kept(Version, "article_version")


class CopyBook:
    """Links each article with those it shares words with. The index is read and written where the ledger is."""

    def __init__(self, database: Database, settings: CopySettings | None = None) -> None:
        self._db = database
        self._settings = settings
        self._made_index: Index | None = None
        self._made_relay: RelayFinder | None = None
        self._made_linking: Linking | None = None
        self._texts: OrderedDict[int, Text] = OrderedDict()

    @property
    def settings(self) -> CopySettings:
        """Numbers and words, the shipped ones where no others were given; read when first needed, like the others."""
        if self._settings is None:
            self._settings = load_settings()
        return self._settings

    @property
    def _index(self) -> Index:
        """Made when the first article is linked: questions to a ledger need no index."""
        if self._made_index is None:
            self._made_index = Index(self._db, self.settings.index)
        return self._made_index

    @property
    def _relay(self) -> RelayFinder:
        if self._made_relay is None:
            self._made_relay = RelayFinder(load_names(self.settings.relay), self.settings.relay)
        return self._made_relay

    def forget(self) -> None:
        """After a transaction that failed: what was held in memory may not be in the file."""
        if self._made_index is not None:
            self._made_index.forget()

    # ------------------------------------------------------------------------------------------------------ linking

    def link(self, article: Article) -> set[str]:
        """Link an article that the ledger holds, and the sentences of its claims. Twice does no harm.

        Returns the places whose claims may now rest on other witnesses than before.
        """
        text = self._prepared(article.text)
        if not self._has("SELECT 1 FROM copy_article WHERE article_id = ?", article.article_id):
            known = self._has("SELECT 1 FROM copy_article WHERE text_key = ?", text.key)
            address = address_of(article)
            self._db.execute(
                "INSERT INTO copy_article VALUES (?,?,?,?)",
                (article.article_id, text.key, address, read_at(article)),
            )
            self._add_credits(article)
            if not known:
                self._add_text(text)
            if address:
                self._add_versions(address, text)
        return self._link_claims(article, text)

    def _has(self, query: str, value: object) -> bool:
        return self._db.execute(query, (value,)).fetchone() is not None

    def _prepared(self, text: str) -> Text:
        made = prepared(text, self.settings)
        self._keep(made)
        return made

    def _keep(self, text: Text) -> None:
        self._texts[text.key] = text
        self._texts.move_to_end(text.key)
        if len(self._texts) > KEPT_TEXTS:
            self._texts.popitem(last=False)

    def _text(self, key: int) -> Text:
        if key not in self._texts:
            (text,) = self._db.execute(
                "SELECT text FROM article JOIN copy_article USING (article_id) WHERE text_key = ? LIMIT 1", (key,)
            ).fetchone()
            self._keep(prepared(text, self.settings))
        return self._texts[key]

    def _add_text(self, text: Text) -> None:
        """Compare a new text with those that share fingerprints with it, then put it into the index."""
        rules = self.settings.index
        found = self._index.candidates(text.hashes, text.key)
        for one in Chooser(rules, rules.compared).choose(found):
            self._add_link(compared(text, self._text(one.text_key), self.settings))
        spoken = self._index.candidates(text.quote_hashes, text.key)
        for one in Chooser(rules, rules.quoted).choose(spoken):
            self._add_link(quoting(text, self._text(one.text_key), self.settings))
        self._index.add(text.key, (*text.hashes, *text.quote_hashes))

    def _add_link(self, link: TextLink | None) -> None:
        if link is not None:
            self._db.execute(
                "INSERT INTO copy_link VALUES (?,?,?,?,?,?) ON CONFLICT (one_key, other_key, kind) DO UPDATE"
                " SET share = excluded.share, other_share = excluded.other_share, ranges = excluded.ranges",
                (link.one, link.other, link.kind, link.share, link.other_share, _json(link.ranges)),
            )

    def _add_credits(self, article: Article) -> None:
        rows = [(one.article_id, one.name, _json(one)) for one in self._relay.credits(article)]
        self._db.executemany("INSERT INTO copy_credit VALUES (?,?,?)", rows)

    # ----------------------------------------------------------------------------------------------------- versions

    def _add_versions(self, address: str, text: Text) -> None:
        """Tell the versions of one address anew: a reading that arrives late may stand between two others."""
        found = self._db.execute(
            "SELECT record, text_key FROM copy_article JOIN article USING (article_id) WHERE address = ? "
            "ORDER BY read_at, recorded_at, article_id",
            (address,),
        ).fetchall()
        if len({key for _, key in found}) < 2:
            return
        for key in sorted({key for _, key in found} - {text.key}):
            self._add_link(version_of(text, self._text(key), self.settings))
        self._db.execute("DELETE FROM article_version WHERE address = ?", (address,))
        readings = [_ARTICLE.decode(record) for record, _ in found]
        for older, newer in pairwise(readings):
            if older.text != newer.text:
                made = version(address, older, newer, self.settings)
                row = (address, older.article_id, newer.article_id, _json(made))
                self._db.execute("INSERT INTO article_version VALUES (?,?,?,?) ON CONFLICT DO NOTHING", row)

    def versions(self, address: str | None = None) -> tuple[Version, ...]:
        """Versions of one address, or all of them, by address and time of reading."""
        where, values = ("", ()) if address is None else ("WHERE address = ?", (address,))
        found = self._db.execute(f"SELECT record FROM article_version {where}", values)
        made = [_VERSION.decode(record) for (record,) in found]
        return tuple(sorted(made, key=lambda one: (one.address, one.newer_read, one.older_read, one.newer_id)))

    # ------------------------------------------------------------------------------------------------------- claims

    def _link_claims(self, article: Article, text: Text) -> set[str]:
        """Which sentences of its claims are the words of sentences elsewhere, and which claims are relayed."""
        rows = self._rows("article_id = ?", article.article_id)
        if not rows:
            return set()
        credits = self.credits([article.article_id])
        relayed = [(row.claim_id, name) for row in rows if (name := _relayed(row, credits))]
        self._db.executemany(_RELAYED, relayed)
        shared = self._shared({article.article_id: text.key}, {kind: [] for kind in KINDS}, dict(relayed),
                              {article.article_id: address_of(article) or article.article_id})  # fmt: skip
        self._db.executemany(_RESTS_ON, written(rows, shared))
        mine = _sentences(rows)
        for link in self.links([text.key]):
            other = link.other if link.one == text.key else link.one
            theirs = _sentences(self._rows_of_text(other))
            sides = (mine, theirs) if link.one == text.key else (theirs, mine)
            pairs = same_sentences(*sides, link, self.settings.group)
            kind = "quote" if link.kind == "quote" else "text"
            self._db.executemany(
                "INSERT INTO copy_sentence VALUES (?,?,?,?,?) ON CONFLICT DO NOTHING",
                [(kind, link.one, first, link.other, second) for first, second in pairs],
            )
        own = {row.place_id for row in rows if row.place_id}
        return own | self._places_of((text.key, row.start) for row in rows)

    def rows_at(self, place_id: str) -> tuple[ClaimRow, ...]:
        """All claims on a place as they were read, by id."""
        return tuple(sorted(self._rows("place_id = ?", place_id), key=lambda row: row.claim_id))

    def _rows(self, where: str, value: object) -> list[ClaimRow]:
        found = self._db.execute(f"SELECT record FROM claim WHERE {where}", (value,))
        return [_ROW.decode(record) for (record,) in found]

    def _rows_of_text(self, key: int) -> list[ClaimRow]:
        """Claims of one article with this text: those of the others are the same."""
        return self._rows(
            "article_id = (SELECT article_id FROM copy_article JOIN claim USING (article_id) WHERE text_key = ? "
            "ORDER BY article_id LIMIT 1)", key,
        )  # fmt: skip

    # ------------------------------------------------------------------------------------------------------ reading

    def unlinked(self) -> Iterator[Article]:
        """Articles that were added but not linked: by an older Marchland, or in a run that was stopped."""
        query = (
            "SELECT record FROM article WHERE article_id NOT IN (SELECT article_id FROM copy_article) "
            "ORDER BY article_id"
        )
        for (record,) in self._db.execute(query).fetchall():
            yield _ARTICLE.decode(record)

    def links(self, keys: Sequence[int] | None = None) -> tuple[TextLink, ...]:
        """Links of some texts, or all of them."""
        if keys is None:
            rows: Iterable[tuple[Any, ...]] = self._db.execute("SELECT * FROM copy_link")
        else:
            query = "SELECT * FROM copy_link WHERE one_key = ? UNION SELECT * FROM copy_link WHERE other_key = ?"
            rows = {row for key in keys for row in self._db.execute(query, (key, key))}
        found = (TextLink(one, other, kind, a, b, _RANGES.decode(ranges)) for one, other, kind, a, b, ranges in rows)
        return tuple(sorted(found, key=lambda one: (one.one, one.other, one.kind)))

    def credits(self, article_ids: Sequence[str] | None = None) -> tuple[Credit, ...]:
        """Credits of some articles, or all of them, by article and place in the text."""
        query = "SELECT record FROM copy_credit"
        if article_ids is None:
            found = self._db.execute(query).fetchall()
        else:
            found = [row for one in article_ids for row in self._db.execute(f"{query} WHERE article_id = ?", (one,))]
        made = [_CREDIT.decode(record) for (record,) in found]
        return tuple(sorted(made, key=lambda one: (one.article_id, *order(one))))

    def texts(self) -> dict[str, int]:
        """Article id to the key of its text."""
        return dict(self._db.execute("SELECT article_id, text_key FROM copy_article ORDER BY article_id"))

    def shared_words(self, rows: Sequence[ClaimRow] | None = None) -> SharedWords:
        """Which sentences are the same words, over everything on record; with `rows`, only what bears on those claims.

        Both are the same for the claims at hand: links are followed as far as they lead.
        """
        if rows is None:
            pairs = {kind: list(self._all_pairs(kind)) for kind in KINDS}
            relayed = dict(self._db.execute("SELECT claim_id, name FROM copy_relay"))
            return self._shared(self.texts(), pairs, relayed, self._addresses())
        texts = dict(self._picked("SELECT article_id, text_key FROM copy_article WHERE article_id IN",
                                  sorted({row.article_id for row in rows})))  # fmt: skip
        relayed = dict(self._picked("SELECT claim_id, name FROM copy_relay WHERE claim_id IN",
                                    [row.claim_id for row in rows]))  # fmt: skip
        mine = {(texts[row.article_id], row.start) for row in rows if row.article_id in texts}
        pairs = {kind: self._pairs_around(kind, mine) for kind in KINDS}
        return self._shared(texts, pairs, relayed, self._addresses(sorted(texts)))

    def _shared(
        self, texts: Mapping[str, int], pairs: Mapping[str, list[Pair]], relayed: Mapping[str, str],
        pages: Mapping[str, str],
    ) -> SharedWords:  # fmt: skip
        return SharedWords(texts, _classes(pairs["text"]), _classes(pairs["quote"]), relayed, pages, self.linking)

    @property
    def linking(self) -> Linking:
        """What tells speakers apart."""
        if self._made_linking is None:
            told = self.settings.speakers
            self._made_linking = Linking(told.days, frozenset(told.small), load_roles())
        return self._made_linking

    def _addresses(self, article_ids: Sequence[str] | None = None) -> dict[str, str]:
        query = "SELECT article_id, address FROM copy_article WHERE address IS NOT NULL"
        if article_ids is None:
            return dict(self._db.execute(query))
        return dict(self._picked(f"{query} AND article_id IN", article_ids))

    def _all_pairs(self, kind: str) -> Iterator[Pair]:
        query = "SELECT one_key, one_start, other_key, other_start FROM copy_sentence WHERE kind = ?"
        for one, first, other, second in self._db.execute(query, (kind,)):
            yield (one, first), (other, second)

    def _pairs_around(self, kind: str, known: Iterable[Sentence]) -> list[Pair]:
        """All links that some sentences lead to, over any number of links."""
        seen, fresh, found = set(known), set(known), set()
        columns = "SELECT one_key, one_start, other_key, other_start FROM copy_sentence WHERE kind = ? AND"
        while fresh:
            keys, near = sorted({key for key, _ in fresh}), set()
            for side in ("one_key", "other_key"):
                near |= {((a, b), (c, d)) for a, b, c, d in self._picked(f"{columns} {side} IN", keys, kind)}
            found |= {pair for pair in near if pair[0] in fresh or pair[1] in fresh}
            fresh = {sentence for pair in found for sentence in pair} - seen
            seen |= fresh
        return sorted(found)

    def _picked(self, query: str, values: Sequence[object], *first: object) -> Iterator[tuple[Any, ...]]:
        """Rows of a query that ends in IN, asked in lots that the database can take."""
        for start in range(0, len(values), LOT):
            lot = values[start : start + LOT]
            yield from self._db.execute(f"{query} ({','.join('?' * len(lot))})", (*first, *lot))

    def _places_of(self, sentences: Iterable[Sentence]) -> set[str]:
        """Places of the claims in some sentences and in all that are the same words."""
        wanted, mine = set(), set(sentences)
        for kind in KINDS:
            wanted |= {one for pair in self._pairs_around(kind, mine) for one in pair}
        keys = sorted({key for key, _ in wanted | mine})
        query = ("SELECT DISTINCT place_id FROM claim JOIN copy_article USING (article_id) "
                 "WHERE place_id IS NOT NULL AND text_key IN")  # fmt: skip
        return {place_id for (place_id,) in self._picked(query, keys)}


def _classes(pairs: Iterable[tuple[Sentence, Sentence]]) -> Mapping[Sentence, Sentence]:
    """Each sentence to the smallest of those it is linked with, over any number of links."""
    parent: dict[Sentence, Sentence] = {}

    def root(node: Sentence) -> Sentence:
        while parent.setdefault(node, node) != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for pair in pairs:
        low, high = sorted(map(root, pair))
        parent[high] = low
    return {node: root(node) for node in list(parent)}


def _sentences(rows: Iterable[ClaimRow]) -> list[tuple[int, int, str]]:
    return sorted({(row.start, row.end, row.sentence) for row in rows})


def _relayed(row: ClaimRow, credits: Sequence[Credit]) -> str:
    """Whose text a row is: the name credited in its sentence, else the first that the whole article is credited to.

    Where an unnamed person speaks, the one credited in the sentence is whom they told.
    """
    near = (one.name for one in credits if one.span and row.start <= one.span.start < row.end)
    if not relays(row):
        return next(near, "") if row.source_class in NOBODY else ""
    whole = (one.name for one in credits if one.whole)
    return next(near, None) or next(whole, "")


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
