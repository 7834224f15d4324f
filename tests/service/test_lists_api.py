"""Lists by the API: every row once, page by page; narrowed by what is asked; as people have corrected it."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from lists_war import CROWN, HOSTILE, LEAGUE, NAMES, correct, make, rows
from litestar.testing import TestClient

from marchland.errors import StoreFailed
from marchland.ledger import query
from marchland.ledger.of_article import group_of, groups_of
from marchland.ledger.store import Ledger
from marchland.service.app import make_app
from marchland.service.holders import party_names
from marchland.service.kept import Kept
from marchland.service.settings import Settings
from marchland.views.export import record

PERIOD = "from=2031-05-01&to=2031-05-30"
LISTS = {
    "places": "place_id", "claims": "claim_id", "events": "event_id", "holdings": "holding_id", "counts": "count_id",
    f"consequences?{PERIOD}": "consequence_id", "parties": "party_id", "outlets": "publisher", "copies": "group_id",
    "versions": "address", "skipped": "where",
}  # fmt: skip


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("lists") / "war.db")


@pytest.fixture(scope="module")
def api(shared: Path) -> Iterator[TestClient]:
    with TestClient(make_app(Settings(str(shared)))) as client:
        yield client


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return make(tmp_path / "own.db")


def every(api: TestClient, asked: str, limit: int) -> tuple[list[dict], int]:
    """All rows, page after page, and the number that the list says it has."""
    found, address = [], f"/api/{asked}{'&' if '?' in asked else '?'}limit={limit}"
    while address:
        told = api.get(address)
        assert told.status_code == 200, told.text
        page = told.json()
        found += page["items"]
        address = page["next"]
        assert len(page["items"]) == limit or not address
    return found, page["total"]


def exported(claim: dict) -> dict:
    """The claim as the export has it: without the name of the speaker's side."""
    return {name: value for name, value in claim.items() if name != "source_side_name"}


@pytest.mark.parametrize("asked", list(LISTS))
@pytest.mark.parametrize("limit", [1, 2, 500])
def test_pages_give_every_row_once(api: TestClient, asked: str, limit: int) -> None:
    found, total = every(api, asked, limit)
    assert len(found) == total
    told = [json.dumps(one, sort_keys=True) for one in found]
    assert len(set(told)) == total
    assert all(LISTS[asked] in one for one in found)
    assert found or asked in ("counts", f"consequences?{PERIOD}")


@pytest.mark.parametrize("known", [None, "2031-05-05", "2031-05-07"])
def test_claims_are_those_of_the_export(api: TestClient, shared: Path, known: str | None) -> None:
    found, _ = every(api, "claims?order=oldest" + (f"&known_at={known}" if known else ""), 3)
    with Ledger.open(shared, create=False) as ledger:
        wanted = {one.claim_id: record("claims", one) for one in query.claims(ledger, known_at=known)}
    assert {one["claim_id"]: exported(one) for one in found} == wanted
    assert [one["published"] for one in found] == sorted(one["published"] for one in found)


@pytest.mark.parametrize(
    ("asked", "fits"),
    [
        ("place=x:osterby", lambda one: one.place_id == "x:osterby"),
        ("country=xb", lambda one: one.country == "XB"),
        ("event=recaptures", lambda one: one.event == "recaptures"),
        ("stance=hedges", lambda one: one.stance == "hedges"),
        ("actor=crown", lambda one: one.actor_id == CROWN),
        ("speaker=MAYOR", lambda one: "mayor" in one.source_name),
        ("speaker_class=official", lambda one: one.source_class == "official"),
        (f"side={CROWN}", lambda one: one.source_side == CROWN),
        ("publisher=Eel Times", lambda one: one.publisher == "Eel Times"),
        ("from=2031-05-07&to=2031-05-08", lambda one: "2031-05-07" <= one.published <= "2031-05-08"),
        ("publisher=Eel Times&event=captures&actor=league",
         lambda one: (one.publisher, one.event, one.actor_id) == ("Eel Times", "captures", LEAGUE)),
        ("publisher=Nobody", lambda one: False),
    ],
)  # fmt: skip
def test_claims_are_narrowed(api: TestClient, shared: Path, asked: str, fits) -> None:
    found, total = every(api, f"claims?{asked}", 2)
    wanted = {one.claim_id for one in rows(shared).values() if fits(one)}
    assert {one["claim_id"] for one in found} == wanted and total == len(wanted)
    assert wanted or "Nobody" in asked


def test_claims_stand_in_lists_as_people_have_corrected_them(own: Path) -> None:
    before = list(rows(own).values())
    moved = next(one for one in before if one.publisher == "Lake Radio" and one.event == "recaptures")
    correct(own, moved, "correct", event="attacks")
    correct(own, next(one for one in before if one.place_name == "Vesterby"), "reject")
    gone = next(one for one in before if one.publisher == "Eel Times" and one.place_name == "Holmen")
    correct(own, gone, "reject")
    with TestClient(make_app(Settings(str(own)))) as client, Ledger.open(own, create=False) as ledger:
        for known in (None, "2031-05-11"):
            tail = f"&known_at={known}" if known else ""
            found, _ = every(client, f"claims?order=oldest{tail}", 2)
            wanted = {one.claim_id: record("claims", one) for one in query.claims(ledger, known_at=known)}
            assert {one["claim_id"]: exported(one) for one in found} == wanted
            events, _ = every(client, f"events?{tail}", 2)
            told = {one.event_id for one in query.timeline(ledger, known_at=known)}
            assert {one["event_id"] for one in events} == told
        assert every(client, "claims?event=recaptures", 5)[1] == 0
        assert every(client, "claims?event=attacks", 5)[1] == 1
        assert every(client, "events?event=attacks", 5)[1] == 1
        assert every(client, "claims?place=x:holmen", 5)[1] == 0, "copies of a rejected claim count no longer, too"


def test_places_tell_who_held_them_on_both_clocks(api: TestClient, shared: Path) -> None:
    for at, known in ((None, None), ("2031-05-05", None), ("2031-05-10", "2031-05-06")):
        asked = "&".join(f"{name}={day}" for name, day in (("at", at), ("known_at", known)) if day)
        found, _ = every(api, f"places?{asked}", 2)
        with Ledger.open(shared, create=False) as ledger:
            for one in found:
                told = query.who(ledger, one["place_id"], at or known or ledger.last_published(), known)
                assert (one["holder_id"], one["status"], one["since"]) == (told.holder_id, told.status, told.since)
                assert one["probability"] == pytest.approx(told.probability)
    assert [one["name"] for one in found] == ["Osterby", "Sandvik"], "others were not known by then"
    assert [one["claims"] for one in found] == [3, 1]


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("q=by", ["Osterby", "Vesterby"]), ("q=SAND", ["Sandvik"]), ("country=XB", ["Holmen", "Nordhamn"]),
        ("kind=city", ["Sandvik"]), ("kind=village&country=XA", []), ("q=nowhere", []), ("holder=nobody", []),
    ],
)  # fmt: skip
def test_places_are_narrowed(api: TestClient, asked: str, names: list[str]) -> None:
    assert [one["name"] for one in every(api, f"places?{asked}", 2)[0]] == names


def test_places_are_narrowed_by_holder_and_status(api: TestClient) -> None:
    whole, _ = every(api, "places", 100)
    for name, value in {(name, one[name]) for one in whole for name in ("holder_id", "status") if one[name]}:
        asked = {"holder_id": "holder"}.get(name, name)
        found, _ = every(api, f"places?{asked}={value}", 1)
        assert found == [one for one in whole if one[name] == value]


@pytest.mark.parametrize(
    "asked", ["", "at=2031-05-07", "known_at=2031-05-06", "at=2031-05-09&known_at=2031-05-07", "place=x:osterby"]
)
def test_holdings_are_those_of_the_export(api: TestClient, shared: Path, asked: str) -> None:
    given = dict(one.split("=") for one in asked.split("&") if one)
    place = given.pop("place", None)
    with Ledger.open(shared, create=False) as ledger:
        wanted = [record("holdings", one) for one in query.holdings(ledger, **given)]
    found, _ = every(api, f"holdings?{asked}", 2)
    assert found == [one for one in wanted if place in (None, one["place_id"])] and found


def test_events_are_narrowed_by_day_and_come_newest_first(api: TestClient) -> None:
    found, _ = every(api, "events", 2)
    days = [one["date_to"] for one in found]
    assert days == sorted(days, reverse=True)
    some, _ = every(api, "events?from=2031-05-05&to=2031-05-08", 2)
    assert some == [one for one in found if one["date_to"] >= "2031-05-05" and one["date_from"] <= "2031-05-08"]
    assert some and len(some) < len(found)


def test_a_record_too_large_for_a_list_of_events_says_what_to_do(
    api: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("marchland.service.lists.MOST_CLAIMS", 3)
    told = api.get("/api/events")
    assert told.status_code == 400 and "ask for a place" in told.json()["detail"]
    assert api.get("/api/events?place=x:sandvik").status_code == 200


def test_groups_of_copies_are_those_of_the_ledger(api: TestClient, shared: Path) -> None:
    (group,), total = every(api, "copies", 5)
    assert total == 1 and group["total"] == 3
    assert {one["publisher"] for one in group["articles"]} == {"Meridian Wire", "Eel Times", "Marsh Courier"}
    assert every(api, "copies?known_at=2031-05-06", 5) == ([], 0)
    with Ledger.open(shared, create=False) as ledger:
        assert groups_of(ledger) == ledger.copy_groups()
        for known in ("2031-05-06", "2031-05-07"):
            assert groups_of(ledger, known) == ledger.copy_groups(known)
        for one in ledger.articles():
            wanted = [it for it in ledger.copy_groups() if one.article_id in it.articles]
            assert [group_of(ledger, one.article_id)] == (wanted or [None])


def test_versions_tell_what_came_and_went(api: TestClient) -> None:
    (one,), _ = every(api, "versions", 5)
    assert "stayed open" in " ".join(one["removed"]) and "shut by noon" in " ".join(one["added"])
    assert every(api, "versions?address=https://varn.example/1", 5)[1] == 1
    assert every(api, "versions?address=https://varn.example/2", 5)[1] == 0


def test_what_was_skipped_is_listed_with_its_reason(api: TestClient) -> None:
    assert every(api, "skipped", 2)[1] == 9
    assert every(api, "skipped?q=DATE", 2)[1] == 7
    assert [one["where"] for one in every(api, "skipped?set_aside=true", 2)[0]] == ["crawl.warc.gz@10"]
    assert every(api, "skipped?q=100%25_", 2)[1] == 0
    told = api.get("/api/record").json()
    assert told["not_read"][0] == {"why": "no date of publication", "language": "", "set_aside": False, "number": 7}
    assert {one["language"] for one in told["not_read"]} == {"", "de"}


def test_sizes_and_days_of_the_record(api: TestClient) -> None:
    told = api.get("/api/record").json()
    assert (told["articles"], told["claims"], told["places"], told["skipped"]) == (9, 10, 5, 9)
    assert (told["first_published"], told["last_published"], told["outlets"]) == ("2031-05-04", "2031-05-10", 6)
    assert told["last_day"] == api.get("/api/about").json()["last_day"]
    assert sum(one["articles"] for one in told["periods"]) == 9
    assert sum(one["claims"] for one in told["events"]) == sum(one["claims"] for one in told["stances"]) == 10


def test_sides_have_names_on_the_lists(api: TestClient, shared: Path) -> None:
    assert {one["source_side_name"] for one in every(api, f"claims?side={CROWN}", 5)[0]} == {NAMES[CROWN]}
    asked = [LEAGUE, "x:aa:hill-guard", "", "taliban"]
    with Ledger.open(shared, create=False) as ledger:
        told = party_names(ledger, asked)
    assert told == {LEAGUE: NAMES[LEAGUE], "x:aa:hill-guard": "hill guard", "taliban": "Taliban"}


def test_parties_and_outlets_are_counted(api: TestClient) -> None:
    found = {one["party_id"]: one for one in every(api, "parties", 1)[0]}
    assert (found[LEAGUE]["acts"], found[CROWN]["acts"]) == (8, 2)
    assert [one["party_id"] for one in every(api, "parties?q=crown", 5)[0]] == [CROWN]
    assert found[CROWN]["side_name"] == found[CROWN]["name"]
    outlets = {one["publisher"]: one for one in every(api, "outlets", 2)[0]}
    assert (outlets["Eel Times"]["articles"], outlets["Eel Times"]["first"]) == (2, "2031-05-07")
    assert outlets[HOSTILE]["claims"] == 1


@pytest.mark.parametrize("asked", sorted({one.partition("?")[0] for one in LISTS}))
@pytest.mark.parametrize(
    "bad", ["limit=0", "limit=501", "offset=-1", "limit=x", "known_at=2031-02-31", "at=soon", "at=2199-12-31",
            "q=%00", "place=%00", "country=ABC", "from=9999-99-99", "offset=99999999999999999999"],
)  # fmt: skip
def test_what_cannot_be_asked_is_never_a_failure(api: TestClient, asked: str, bad: str) -> None:
    told = api.get(f"/api/{asked}?{bad}")
    assert told.status_code in (200, 400), told.text
    if bad.startswith(("limit", "offset")):
        assert told.status_code == 400


def test_answers_stay_while_the_record_stays(api: TestClient) -> None:
    told = api.get("/api/claims")
    assert api.get("/api/claims", headers={"If-None-Match": told.headers["etag"]}).status_code == 304


def test_lists_see_what_was_written(own: Path) -> None:
    with TestClient(make_app(Settings(str(own)))) as client:
        row = next(one for one in rows(own).values() if one.place_name == "Nordhamn")
        asked = "/api/claims?place=x:nordhamn"
        before = client.get(asked)
        correct(own, row, "reject")
        after = client.get(asked, headers={"If-None-Match": before.headers["etag"]})
        assert before.json()["total"] == 1 and after.status_code == 200 and after.json()["total"] == 0


def test_whoever_waits_for_one_list_keeps_no_connection_from_others() -> None:
    shelf, begun, go_on, made = Kept(), threading.Event(), threading.Event(), []

    def slow() -> int:
        begun.set()
        made.append(1)
        go_on.wait(10)
        return 7

    found: list[int] = []
    waiting = [threading.Thread(target=lambda: found.append(shelf.get("slow", slow))) for _ in range(3)]
    for one in waiting:
        one.start()
    begun.wait(10)
    assert shelf.get("other", lambda: 8) == 8
    go_on.set()
    for one in waiting:
        one.join(10)
    assert found == [7, 7, 7] and made == [1]


def test_what_failed_is_tried_again() -> None:
    shelf, tries = Kept(most=2), []

    def fails_once() -> int:
        tries.append(1)
        if len(tries) == 1:
            raise StoreFailed("busy")
        return 3

    with pytest.raises(StoreFailed):
        shelf.get("a", fails_once)
    assert shelf.get("a", fails_once) == 3
    assert [shelf.get(name, lambda: 1) for name in ("b", "c")] == [1, 1]
    assert shelf.get("a", lambda: 4) == 4, "the oldest made room"


@pytest.mark.parametrize(
    ("actor", "who"), [("lake", {LEAGUE}), ("x:", {LEAGUE, CROWN}), (LEAGUE, {LEAGUE}), (LEAGUE[:-1], {LEAGUE})]
)
@pytest.mark.parametrize("kind", ["claims", "events"])
def test_a_party_is_asked_for_by_id_or_a_part_of_its_name(
    api: TestClient, kind: str, actor: str, who: set[str]
) -> None:
    assert {one["actor_id"] for one in every(api, f"{kind}?actor={actor}", 5)[0]} == who
