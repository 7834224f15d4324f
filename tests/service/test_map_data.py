"""The map's data against the questions it stands for, on an invented war: both clocks, changes, and what is kept."""

from __future__ import annotations

import datetime as dt
import json
import random
import shutil
import subprocess
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest
from bench.claimed_war import Told, late_report, place_id
from litestar.testing import TestClient

from marchland.errors import StoreFailed
from marchland.ledger import mapped, query
from marchland.ledger.shown import EPOCH, STATUSES, Shown
from marchland.ledger.store import Ledger
from marchland.records import content_id
from marchland.service import atlas
from marchland.service.app import make_app
from marchland.service.history import Helper, work
from marchland.service.settings import Settings

START = dt.date(2031, 3, 1)
GATE = 19
"""The number of a crossing in the invented war."""
NUMBERS = (1, 2, 3, 11, 12, GATE)


@pytest.fixture(scope="module")
def ledger_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six places that change hands now and then over a year, one of them a crossing that is closed and opened."""
    file, chance = tmp_path_factory.mktemp("map") / "war.db", random.Random(8)
    with Ledger.open(file) as ledger:
        for count in range(40):
            day = START + dt.timedelta(days=chance.randrange(360))
            told = late_report(chance.choice(NUMBERS), day, f"{count}")
            ledger.add(told.article, told.rows)
        for count, (event, after) in enumerate((("closes", 50), ("reopens", 120), ("closes", 300))):
            told = _gate(event, START + dt.timedelta(days=after), count)
            ledger.add(told.article, told.rows)
    return file


def _gate(event: str, day: dt.date, count: int) -> Told:
    """A report that the crossing was closed or opened."""
    told = late_report(GATE, day, f"gate {count}")
    row = replace(told.rows[0], event=event, claim_id=content_id(event, str(day)), opponent_id=None, opponent_name=None)
    return Told(told.article, (row,))


@pytest.fixture
def file(ledger_file: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(ledger_file, tmp_path / "war.db"))


@pytest.fixture
def ledger(file: Path) -> Iterator[Ledger]:
    with Ledger.open(file) as opened:
        yield opened


@pytest.fixture
def client(file: Path) -> Iterator[TestClient[Any]]:
    with TestClient(make_app(Settings(ledger=str(file), history=False, readers=1))) as made:
        yield made


def _told(found: Shown, day: dt.date) -> tuple[str | None, str, float | None]:
    """Holder, status and probability on a day, as the page reads them."""
    at, ends = day.toordinal() - EPOCH, (0, *found.ends)
    covering = [
        number for number, (since, until) in enumerate(zip(found.since, found.until, strict=True))
        if since <= at and (until is None or at < until)
    ]  # fmt: skip
    if not covering:
        return None, "unknown", None
    last = covering[-1]
    knots, holder = slice(ends[last], ends[last + 1]), found.holder[last]
    share = float(np.interp(at, found.day[knots], found.share[knots])) / 1000
    return found.parties[holder][0] if holder >= 0 else None, STATUSES[found.status[last]], share


def test_what_the_map_shows_on_a_day_is_what_who_answers(ledger: Ledger) -> None:
    work(ledger)
    chance, off, reach = random.Random(3), [], (mapped.horizon(ledger) - START).days
    for one in mapped.read_now(ledger):
        for _ in range(25):
            day = START + dt.timedelta(days=chance.randrange(-20, reach + 1))
            answer, shown = query.who(ledger, one.place_id, day), _told(one.shown, day)
            assert shown[:2] == (answer.holder_id, answer.status), (one.place_id, day)
            off += [abs(shown[2] - answer.probability)] if shown[2] is not None else []
    assert np.mean(off) < 0.03


def test_earlier_versions_are_what_who_answered_at_the_end_of_their_days(ledger: Ledger) -> None:
    work(ledger)
    rows, _, more = mapped.read_past(ledger, 0, 10_000)
    assert not more
    off = []
    for one in rows:
        if not one.known_from:
            continue
        known = dt.date.fromisoformat(one.known_until) - dt.timedelta(days=1)
        answer, shown = query.who(ledger, one.place_id, known, known), _told(one.shown, known)
        assert shown[:2] == (answer.holder_id, answer.status), (one.place_id, known)
        off += [abs(shown[2] - answer.probability)] if shown[2] is not None else []
    assert len(off) > 20
    assert max(off) < 0.05


def test_no_version_knows_of_the_neighbours_what_became_known_long_after(ledger: Ledger) -> None:
    told = late_report(4, START - dt.timedelta(days=400), "long ago")
    ledger.add(told.article, told.rows)
    work(ledger)
    (first, *rest) = [one for one in mapped.read_past(ledger, 0, 10_000)[0] if one.place_id == place_id(4)]
    now = next(one for one in mapped.read_now(ledger) if one.place_id == place_id(4))
    assert first.known_until == now.known_first == ledger.known_days(place_id(4))[0]
    assert len(rest) > 1
    assert now.known_from > rest[-1].known_from
    for one in rest:
        known = dt.date.fromisoformat(one.known_until) - dt.timedelta(days=1)
        answer = query.who(ledger, place_id(4), known, known)
        assert _told(one.shown, known)[:2] == (answer.holder_id, answer.status)


def test_versions_follow_one_another_without_a_gap(ledger: Ledger) -> None:
    work(ledger)
    rows, _, _ = mapped.read_past(ledger, 0, 10_000)
    for now in mapped.read_now(ledger):
        own = [one for one in rows if one.place_id == now.place_id]
        days = [one.known_from for one in own[1:]] + [now.known_from]
        assert [one.known_until for one in own] == days
        assert own[0].known_until == now.known_first


def test_lanes_are_those_of_query_on_both_clocks(ledger: Ledger) -> None:
    work(ledger)
    gate = next(one for one in mapped.read_now(ledger) if one.place_id == place_id(GATE))
    asked = query.crossings(ledger)
    assert [one.state for one in gate.shown.lanes] == [one.state for one in asked]
    rows, _, _ = mapped.read_past(ledger, 0, 10_000)
    for one in (row for row in rows if row.place_id == place_id(GATE) and row.known_from):
        known = dt.date.fromisoformat(one.known_until) - dt.timedelta(days=1)
        told = query.crossings(ledger, known_at=known)
        assert [lane.state for lane in one.shown.lanes] == [row.state for row in told]


def test_what_is_kept_is_not_worked_out_again_and_work_goes_on_where_it_stopped(ledger: Ledger) -> None:
    marks = mapped.Marks(ledger)
    stale = mapped.stale_past(ledger, marks)
    assert len(stale) == len(NUMBERS)
    list(mapped.keep_past(ledger, stale[:2], marks))
    assert mapped.stale_past(ledger, marks) == stale[2:]
    work(ledger)
    made = mapped.last_lot(ledger)
    work(ledger)
    assert mapped.last_lot(ledger) == made


def test_a_new_report_makes_its_place_alone_out_of_date(ledger: Ledger) -> None:
    work(ledger)
    told = late_report(2, mapped.horizon(ledger), "new")
    ledger.add(told.article, told.rows)
    marks = mapped.Marks(ledger)
    assert place_id(2) in mapped.stale_now(ledger, marks)
    assert place_id(2) in mapped.stale_past(ledger, marks)


def test_what_another_version_of_the_code_kept_is_not_read(ledger: Ledger) -> None:
    work(ledger)
    with ledger.database.transaction():
        for table in ("map_now", "map_past"):
            ledger.database.execute(f"UPDATE {table} SET method = 'another', record = 'of another form'")
    assert mapped.read_now(ledger) == []
    assert mapped.read_past(ledger, 0, 100)[0] == []
    work(ledger)
    assert len(mapped.read_now(ledger)) == len(NUMBERS)


def test_many_days_are_joined_to_a_bounded_number_of_versions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mapped, "MOST", 5)
    days = [f"2031-01-{day:02d}" for day in range(1, 29)]
    found = mapped.windows(days)
    assert len(found) == 5
    assert (found[0][0], found[-1][1]) == (days[0], days[-1])
    assert all(one[1] == after[0] for one, after in pairwise(found))


def test_parts_of_the_history_are_together_the_whole_of_it(ledger: Ledger) -> None:
    marks = mapped.Marks(ledger)
    for one in mapped.stale_past(ledger, marks):
        list(mapped.keep_past(ledger, [one], marks))
    whole, end, _ = mapped.read_past(ledger, 0, 10_000)
    found, since, more = [], 0, True
    while more:
        some, since, more = mapped.read_past(ledger, since, 7)
        found += some
    assert since == end
    assert sorted(found, key=lambda one: (one.place_id, one.known_from)) == whole


# -------------------------------------------------------------------------------------------------------- the service


def test_the_map_in_columns_says_the_same(client: TestClient[Any], file: Path) -> None:
    told = client.get("/api/map").json()
    assert told["waiting"] == 0
    assert told["places"]["id"] == sorted(place_id(one) for one in NUMBERS)
    spells = told["spells"]
    assert len({len(value) for name, value in spells.items() if not name.startswith("knot")}) == 1
    assert len(spells["knots"]) == len(spells["place"]) + 1
    with Ledger.open(file) as ledger:
        for number, one in enumerate(told["places"]["id"]):
            answer = query.who(ledger, one)
            until = [day if day is not None else 10**9 for day in spells["until"]]
            last = max(
                at for at, place in enumerate(spells["place"])
                if place == number and spells["since"][at] <= told["horizon"] < until[at]
            )  # fmt: skip
            holder = told["holders"][spells["holder"][last]]["id"] if spells["holder"][last] >= 0 else None
            assert (holder, told["statuses"][spells["status"][last]]) == (answer.holder_id, answer.status)
    assert told["crossings"]["place"] == [told["places"]["id"].index(place_id(GATE))]


def test_the_same_answer_has_the_same_tag(client: TestClient[Any]) -> None:
    for path in ("/api/map", "/api/map/places?since=0", "/api/map/history"):
        tag = client.get(path).headers["etag"]
        again = client.get(path, headers={"If-None-Match": tag})
        assert (again.status_code, again.headers["etag"]) == (304, tag)


def test_after_a_report_the_changed_places_are_those_of_a_whole_new_map(client: TestClient[Any], file: Path) -> None:
    before = client.get("/api/map").json()
    with Ledger.open(file) as ledger:
        told = late_report(3, mapped.horizon(ledger) + dt.timedelta(days=40), "of a change")
        ledger.add(told.article, told.rows)
    some = client.get("/api/map/places", params={"since": before["made"]}).json()
    whole = client.get("/api/map").json()
    assert place_id(3) in some["places"]["id"]
    assert whole["made"] == some["made"] > before["made"]
    patched = {**_by_place(before), **_by_place(some)}
    assert patched == _by_place(whole)
    with TestClient(make_app(Settings(ledger=str(file), history=False))) as anew:
        assert _by_place(anew.get("/api/map").json()) == patched


def _by_place(told: dict[str, Any]) -> dict[str, Any]:
    """What an answer in columns says of each place, with names in place of numbers."""
    found: dict[str, Any] = {
        one: [told["places"][name][at] for name in ("name", "known_from", "known_first", "lat", "lon")]
        for at, one in enumerate(told["places"]["id"])
    }
    spells = told["spells"]
    for at, place in enumerate(spells["place"]):
        holder = told["holders"][spells["holder"][at]]["id"] if spells["holder"][at] >= 0 else None
        days = [spells[name][at] for name in ("since", "until", "early", "late", "confirmed")]
        knots = slice(spells["knots"][at], spells["knots"][at + 1])
        found[told["places"]["id"][place]] += [
            [
                holder,
                told["statuses"][spells["status"][at]],
                days,
                spells["knot_day"][knots],
                spells["knot_share"][knots],
            ]
        ]
    return found


def test_places_are_told_of_by_id_and_unknown_ones_are_left_out(client: TestClient[Any]) -> None:
    told = client.get("/api/map/places", params=[("id", place_id(1)), ("id", "x:nowhere\x00"), ("id", "ø" * 300)])
    assert told.json()["places"]["id"] == [place_id(1)]
    assert client.get("/api/map/places").json()["places"]["id"] == []
    assert client.get("/api/map/places?since=-1").status_code == 400
    assert client.get("/api/map/history?since=99999999999999999999").status_code == 400


def test_the_history_tells_how_far_it_is(client: TestClient[Any], file: Path) -> None:
    told = client.get("/api/map/history").json()
    assert (told["done"], told["of"], told["versions"]["place"]) == (0, len(NUMBERS), [])
    with Ledger.open(file) as ledger:
        work(ledger)
    told = client.get("/api/map/history").json()
    assert (told["done"], told["of"], told["more"]) == (len(NUMBERS), len(NUMBERS), False)
    assert client.get("/api/map/history", params={"since": told["made"]}).json()["places"] == []


def test_with_a_helper_only_what_is_asked_for_is_worked_out_at_once(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(atlas, "FEW", 2)
    app = make_app(Settings(ledger=str(file), history=False))
    app.state.atlas = atlas.Atlas(app.state.desk, lambda: True)
    told = app.state.atlas.some([place_id(1)], None)
    assert told.waiting == len(NUMBERS) - 1
    assert told.places.known_first[0] is not None
    whole = msgspec.json.decode(app.state.atlas.now()[1])
    assert whole["waiting"] == len(NUMBERS) - 1
    assert whole["places"]["known_first"].count(None) == len(NUMBERS) - 1
    with Ledger.open(file) as ledger:
        work(ledger)
    assert msgspec.json.decode(app.state.atlas.now()[1])["waiting"] == 0


def test_a_ledger_that_cannot_be_written_is_shown_all_the_same(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise StoreFailed("the disk is full")

    monkeypatch.setattr(mapped, "_put_now", full)
    with TestClient(make_app(Settings(ledger=str(file), history=False))) as client:
        told = client.get("/api/map").json()
    assert told["waiting"] == 0
    assert None not in told["places"]["known_first"]


def test_the_helper_works_out_everything_in_a_process_of_its_own(file: Path) -> None:
    helper = Helper(str(file))
    try:
        with Ledger.open(file) as ledger:
            while helper.works() and mapped.stale_past(ledger, mapped.Marks(ledger)):
                time.sleep(0.1)
            assert mapped.stale_now(ledger, mapped.Marks(ledger)) == []
            assert helper.works()
    finally:
        helper.stop()
    assert not helper.works()


# ------------------------------------------------------------------------------------------------------- in the browser


_FACTS = """
const { facts } = await import(`${process.argv[2]}/js/map/verdicts.js`);
const spell = { from: 100, early: null, late: null, confirmed: null, until: 160 };
const names = (last) => facts(spell, 0.9, last).map(([name]) => name);
console.log(JSON.stringify([names(159), names(160)]));
"""


@pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed")
def test_an_end_after_what_is_known_is_not_told(tmp_path: Path) -> None:
    script = tmp_path / "facts.mjs"
    script.write_text(_FACTS, encoding="utf-8")
    web = (Path(atlas.__file__).parent / "web").as_uri()
    found = subprocess.run(["node", str(script), web], capture_output=True, text=True, check=True)
    assert json.loads(found.stdout) == [["since", "probability"], ["since", "until", "probability"]]


_SCRIPT = """
const [,, base, web, days] = process.argv;
globalThis.sessionStorage = { getItem: () => null };
const plain = globalThis.fetch;
globalThis.fetch = (url, options) => plain(new URL(url, base), options);
const { load } = await import(`${web}/js/map/record.js`);
const stop = new AbortController();
const record = await load({ signal: stop.signal });
const all = () => record.history.done >= record.history.of;
await new Promise((done) => record.addEventListener("history", () => all() && done()));
const name = (i, { holder, status }) => [
  record.places.id[i], record.holders[holder[i]]?.id ?? null, status[i] > 250 ? null : record.statuses[status[i]],
];
console.log(JSON.stringify(JSON.parse(days).map(([at, known]) => {
  const s = record.state(at, known);
  return record.places.id.map((_, i) => name(i, s));
})));
stop.abort();
"""


@pytest.mark.skipif(shutil.which("node") is None, reason="no node on this machine")
def test_the_page_reads_it_as_who_answers(file: Path, serve: Any, tmp_path: Path) -> None:
    with Ledger.open(file) as ledger:
        work(ledger)
    days = [(day, known) for known in (60, 200, 330) for day in (known - 30, known)]
    asked = [[(START + dt.timedelta(days=one)).toordinal() - EPOCH for one in pair] for pair in days]
    web = Path(atlas.__file__).parent / "web"
    script = tmp_path / "read.mjs"
    script.write_text(_SCRIPT, encoding="utf-8")
    address = serve(file, history=False)
    run = subprocess.run(
        ["node", str(script), address, str(web), json.dumps(asked)], capture_output=True, text=True, check=True
    )
    with Ledger.open(file) as ledger:
        for (at, known), states in zip(asked, json.loads(run.stdout), strict=True):
            for one, holder, status in states:
                day, then = dt.date.fromordinal(at + EPOCH), dt.date.fromordinal(known + EPOCH)
                answer = query.who(ledger, one, day, then)
                if not ledger.claims(one, known_at=then):
                    assert status is None
                elif then < dt.date.fromisoformat(ledger.known_days(one)[-1]):
                    assert (holder, status) == (answer.holder_id, answer.status), (one, day, then)


_AFTER = """
const [,, base, web, id] = process.argv;
globalThis.sessionStorage = { getItem: () => null };
const plain = globalThis.fetch;
globalThis.fetch = (url, options) => plain(new URL(url, base), options);
const { load } = await import(`${web}/js/map/record.js`);
const stop = new AbortController();
const record = await load({ signal: stop.signal });
console.log("loaded");
await new Promise((done) => process.stdin.once("data", done));
const changed = await record.refresh([id]);
const anew = await load({ signal: stop.signal });
const shown = (one) => {
  const { holder, status, share, spell } = one.state(one.horizon, null);
  return one.places.id.map((place, i) => [place, one.holders[holder[i]]?.id, status[i], share[i], one.spellAt(spell[i])]);
};
const plainly = (one) => shown(one).map(([place, holder, status, share, told]) => [place, holder, status, share, told.from]).sort();
console.log(JSON.stringify([changed.map((i) => record.places.id[i]), plainly(record), plainly(anew), record.changes(null)]));
stop.abort();
process.exit(0);
"""  # noqa: E501


@pytest.mark.skipif(shutil.which("node") is None, reason="no node on this machine")
def test_a_page_that_is_open_takes_a_change_and_shows_what_a_new_one_shows(
    file: Path, serve: Any, tmp_path: Path
) -> None:
    script, web = tmp_path / "after.mjs", Path(atlas.__file__).parent / "web"
    script.write_text(_AFTER, encoding="utf-8")
    command = ["node", str(script), serve(file, history=False), str(web), place_id(7)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as page:
        assert page.stdin and page.stdout
        assert page.stdout.readline() == "loaded\n"
        with Ledger.open(file) as ledger:
            told = late_report(7, mapped.horizon(ledger), "of a place that is new")
            ledger.add(told.article, told.rows)
        page.stdin.write("go\n")
        page.stdin.flush()
        changed, patched, anew, _ = json.loads(page.stdout.readline())
    assert place_id(7) in changed
    assert patched == anew
    assert len(patched) == len(NUMBERS) + 1
