"""A place over the API: who, why, the band, what is told of it, what lies around it, its crossing."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from litestar import Litestar
from litestar.testing import TestClient
from place_war import CROWN, DENIAL, FIRST, GATE, LEAGUE, NEAR, PROVINCE, SECOND, TOWN, WRONG, make

from marchland.records import Place
from marchland.service.app import make_app
from marchland.service.settings import Settings
from marchland.views.band import MOST_POINTS, telling
from marchland.views.neighbours import where_words

PARTS = ("", "/why", "/band", "/claims", "/events", "/neighbours", "/counts", "/consequences")


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient[Litestar]]:
    path: Path = tmp_path_factory.mktemp("place") / "war.db"
    with TestClient(make_app(Settings(ledger=str(make(path))))) as made:
        yield made


def get(client: TestClient[Litestar], path: str, **query: object) -> Any:
    answer = client.get(path, params={name: str(value) for name, value in query.items()} or None)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_card_tells_who_held_it_since_when_and_how_sure(client: TestClient[Litestar]) -> None:
    card = get(client, f"/api/places/{TOWN}", at="2031-05-10")
    assert (card["name"], card["kind"], card["admin1"], card["crossing"]) == ("Osterby", "town", "Northmark", False)
    assert (card["holder_id"], card["holder_name"], card["since"]) == (LEAGUE, "Lake League", "2031-05-03")
    assert card["from_earliest"] <= "2031-05-03" <= card["from_latest"]
    assert card["probability"] > 0.8
    assert card["denials"] == 1
    assert "held by Lake League" in card["verdict"]


def test_both_clocks_are_heard(client: TestClient[Litestar]) -> None:
    early = get(client, f"/api/places/{TOWN}", at="2031-05-10", known_at="2031-05-04")
    late = get(client, f"/api/places/{TOWN}", at="2031-05-10")
    assert early["known_at"] == "2031-05-04"
    assert early["claims"] == 1 < late["claims"]
    assert early["probability"] != late["probability"]
    assert get(client, f"/api/places/{TOWN}", known_at="2031-05-06")["at"] == "2031-05-06"
    assert get(client, f"/api/places/{TOWN}")["at"] == "2031-05-13"


def test_rows_of_why_add_up_to_the_probability_that_is_shown(client: TestClient[Litestar]) -> None:
    for known in ("2031-05-04", "2031-05-06", "2031-05-31"):
        found = get(client, f"/api/places/{TOWN}/why", at="2031-05-12", known_at=known)
        answer, rows = found["answer"], found["answer"]["rows"]
        total = sum(row["log_odds"] for row in rows)
        assert total == pytest.approx(answer["log_odds"], abs=1e-9)
        assert rows[-1]["cumulative"] == pytest.approx(answer["log_odds"], abs=1e-9)
        assert 1 / (1 + math.exp(-total)) == pytest.approx(answer["probability"], abs=1e-3)
        assert answer["probability"] == pytest.approx(
            get(client, f"/api/places/{TOWN}", at="2031-05-12", known_at=known)["probability"], abs=1e-3
        )


def test_a_row_of_why_names_speaker_side_outlets_and_claims(client: TestClient[Litestar]) -> None:
    found = get(client, f"/api/places/{TOWN}/why", at="2031-05-12")
    rows = {row["claim_id"]: row for row in found["answer"]["rows"] if row["claim_id"]}
    assert rows[FIRST.row.claim_id]["outlets"] == ["Reed Post", "Varn Herald"]
    denial = rows[DENIAL.row.claim_id]
    assert (denial["what"], denial["speaker"], denial["against"]) == ("denial", "Crown spokesman", True)
    assert found["sides"] == {LEAGUE: "Lake League", CROWN: "Crown of Varn"}
    assert rows[WRONG.row.claim_id]["what"] == "taken back"


def test_band_has_shares_by_day_and_the_spells_with_their_uncertain_ends(client: TestClient[Litestar]) -> None:
    found = get(client, f"/api/places/{TOWN}/band")
    assert found["days"] == sorted(set(found["days"]))
    assert len(found["days"]) <= MOST_POINTS
    totals = [sum(one) for one in zip(*(state["shares"] for state in found["states"]), strict=True)]
    assert totals == pytest.approx([1.0] * len(totals), abs=0.001)
    assert {state["id"]: state["name"] for state in found["states"]}[LEAGUE] == "Lake League"
    (spell,) = [one for one in found["spells"] if one["holder_id"] == LEAGUE]
    assert spell["from"] == "2031-05-03"


@pytest.mark.parametrize("at", ["2031-05-01", "2031-05-05", "2031-05-12", "2031-05-16", "2031-09-30"])
@pytest.mark.parametrize("known", [None, "2031-05-06"])
def test_band_says_of_a_day_what_the_card_says_of_it(at: str, known: str | None, client: TestClient[Litestar]) -> None:
    clocks = {"at": at} | ({"known_at": known} if known else {})
    found, card = get(client, f"/api/places/{TOWN}/band", **clocks), get(client, f"/api/places/{TOWN}", **clocks)
    shares = {one["id"]: one["shares"][found["days"].index(at)] for one in found["states"]}
    assert shares[card["holder_id"] or ""] == pytest.approx(card["probability"], abs=2e-4)


def test_band_says_of_settled_days_what_is_answered_when_they_are_asked_about(client: TestClient[Litestar]) -> None:
    found = get(client, f"/api/places/{TOWN}/band", at="2031-12-31")
    for day in [one for one in found["days"] if "2031-05-01" <= one <= "2031-05-03" or one > "2031-06-10"][::15]:
        card = get(client, f"/api/places/{TOWN}", at=day)
        shares = {one["id"]: one["shares"][found["days"].index(day)] for one in found["states"]}
        assert shares[card["holder_id"] or ""] == pytest.approx(card["probability"], abs=2e-4), day


def test_band_of_a_long_history_has_few_points_that_keep_its_steps() -> None:
    share = np.zeros((9000, 2))
    share[4321:, 0] = 1.0
    share[:, 1] = 1 - share[:, 0]
    kept = telling(np.arange(9000), share, MOST_POINTS)
    assert len(kept) <= MOST_POINTS
    assert {0, 4320, 4321, 8999} <= set(kept.tolist())


def test_copies_are_folded_under_their_witness_and_denials_stand_beside(client: TestClient[Litestar]) -> None:
    found = get(client, f"/api/places/{TOWN}/claims")
    (taken,) = [one for one in found["items"] if one["event"] == "captures"]
    (first,) = [one for one in taken["tells"] if one["best"]["claim_id"] == FIRST.row.claim_id]
    assert first["outlets"] == ["Reed Post", "Varn Herald"]
    assert [one["publisher"] for one in first["copies"]] == ["Reed Post"]
    (denial,) = taken["denies"]
    assert (denial["says"], denial["best"]["stance"], denial["best"]["side"]) == ("denies", "denies", CROWN)
    assert denial["best"]["speaker"] == "Crown spokesman, Crown Gazette"
    assert found["sides"][CROWN] == "Crown of Varn"


def test_marked_ranges_count_the_characters_of_the_sentence(client: TestClient[Litestar]) -> None:
    found = get(client, f"/api/places/{TOWN}/claims")
    cards = [one["best"] for item in found["items"] for one in item["tells"]]
    (one,) = [card for card in cards if "🏴" in card["sentence"]]
    assert one["sentence"] == SECOND.row.sentence
    (place,) = [mark for mark in one["marks"] if mark["role"] == "place"]
    assert one["sentence"][place["start"] : place["end"]] == "Osterby"
    assert one["url"] == "https://lake.example/2031-05-06"


def test_reviews_are_told_and_what_was_taken_back_stands_apart(client: TestClient[Litestar]) -> None:
    items = get(client, f"/api/places/{TOWN}/claims")["items"]
    (gone,) = [one for one in items if one["event"] == "taken back"]
    assert [one["best"]["claim_id"] for one in gone["tells"]] == [WRONG.row.claim_id]
    assert "Ada Berg" in gone["reason"]
    said = [one["best"]["reviews"] for item in items for one in item["tells"] if "ferryman" in one["best"]["sentence"]]
    assert said == [["accept, by Ada Berg on 2031-05-20: read the page"]]
    assert not [one for one in get(client, f"/api/places/{TOWN}/claims", known_at="2031-05-14")["items"]
                if one["event"] == "taken back"]  # fmt: skip


def test_claims_come_page_by_page_and_of_one_event(client: TestClient[Litestar]) -> None:
    whole = get(client, f"/api/places/{TOWN}/claims")
    page, seen = get(client, f"/api/places/{TOWN}/claims", limit=1), []
    while True:
        seen += page["items"]
        if not page["next"]:
            break
        page = get(client, page["next"])
    assert seen == whole["items"]
    event = next(one for one in whole["items"] if one["denies"])
    (only,) = get(client, f"/api/places/{TOWN}/claims", event_id=event["event_id"])["items"]
    assert only == event
    (less,) = get(client, f"/api/places/{TOWN}/claims", event_id=event["event_id"], witnesses=1)["items"]
    assert (len(less["tells"]), less["tells_total"]) == (1, event["tells_total"])


def test_later_happenings_are_marked(client: TestClient[Litestar]) -> None:
    found = get(client, f"/api/places/{TOWN}/claims", at="2031-05-04")
    assert {one["event"]: one["later"] for one in found["items"] if one["event_id"]} == {
        "captures": False,
        "controls": True,
    }


def test_events_are_the_latest_first_and_by_the_day_asked(client: TestClient[Litestar]) -> None:
    found = get(client, f"/api/places/{TOWN}/events")
    assert [one["event"] for one in found["items"]] == ["controls", "captures"]
    assert [one["event"] for one in get(client, f"/api/places/{TOWN}/events", at="2031-05-04")["items"]] == ["captures"]


def test_neighbours_have_distance_direction_and_holder_and_say_what_bears(client: TestClient[Litestar]) -> None:
    found = get(client, f"/api/places/{TOWN}/neighbours", at="2031-05-12")
    items = {one["place_id"]: one for one in found["items"]}
    assert next(iter(items)) == PROVINCE
    assert items[PROVINCE]["relation"] == "parent"
    assert items[NEAR]["where"] == "17 km east"
    assert (items[NEAR]["holder_name"], items[NEAR]["since"]) == ("Lake League", "2031-05-02")
    assert any("Vesterby" in one["sentence"] and one["side_name"] == "Lake League" for one in found["bears"])
    assert NEAR not in {one["place_id"] for one in get(client, f"/api/places/{TOWN}/neighbours", km=5)["items"]}


@pytest.mark.parametrize(
    ("km", "degrees", "words"),
    [
        (0.2, 10, "at the same spot"),
        (3.21, 359, "3.2 km north"),
        (44.4, 100, "44 km east"),
        (12, 225, "12 km south-west"),
    ],
)
def test_where_a_place_lies_is_told_in_words(km: float, degrees: float, words: str) -> None:
    assert where_words(km, degrees) == words


def test_a_crossing_has_both_posts_and_its_lanes(client: TestClient[Litestar]) -> None:
    assert get(client, f"/api/places/{GATE}")["crossing"]
    found = get(client, f"/api/places/{GATE}/passage", at="2031-05-09")
    near, far = found["posts"]
    assert (near["holder_name"], near["presumed"], near["country"]) == ("Lake League", False, "XA")
    assert far["holder_name"] is None
    lanes = {one["lane"]: one for one in found["lanes"]}
    (lane,) = [one for one in lanes.values() if one["state"] == "closed"]
    assert (lane["from"], lane["last_told"], lane["direction_words"]) == ("2031-05-08", "2031-05-08", "both directions")
    why = get(client, f"/api/places/{GATE}/passage/why", lane=lane["lane"], at="2031-05-09")
    assert why["answer"]["status"] == "closed"
    assert sum(row["log_odds"] for row in why["answer"]["rows"]) == pytest.approx(why["answer"]["log_odds"], abs=1e-9)
    before = get(client, f"/api/places/{GATE}/passage", at="2031-05-08", known_at="2031-05-07")
    assert [one["state"] for one in before["lanes"]] in ([], ["unknown"])


def test_all_crossings_are_listed_on_both_clocks(client: TestClient[Litestar]) -> None:
    (row,) = get(client, "/api/crossings", at="2031-05-09")["items"]
    assert (row["place_id"], row["state"], row["post_a_holder"]) == (GATE, "closed", "Lake League")
    assert get(client, "/api/crossings", known_at="2031-05-01")["items"] == []
    past = get(client, "/api/crossings", offset=1)
    assert (past["items"], past["total"], past["next"]) == ([], 1, None)


@pytest.mark.parametrize("part", [*PARTS, "/passage", "/passage/why"])
def test_a_place_that_is_not_on_record_is_not_found(part: str, client: TestClient[Litestar]) -> None:
    for place_id in ("x:nowhere", "%00", "%E2%80%AE", "a" * 150):
        answer = client.get(f"/api/places/{place_id}{part}")
        assert answer.status_code == 404, answer.text
        assert answer.headers["content-type"].startswith("application/problem+json")


def test_passage_of_a_town_is_not_found(client: TestClient[Litestar]) -> None:
    answer = client.get(f"/api/places/{TOWN}/passage")
    assert answer.status_code == 404
    assert "no crossing" in answer.json()["detail"]


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("day", ["2031-02-31", "0000-00-00", "0001-01-01", "9999-12-31", "x"])
def test_days_that_are_none_are_refused(part: str, day: str, client: TestClient[Litestar]) -> None:
    for name in ("at", "known_at"):
        assert client.get(f"/api/places/{TOWN}{part}", params={name: day}).status_code == 400


@pytest.mark.parametrize("part", PARTS)
def test_days_far_away_are_answered(part: str, client: TestClient[Litestar]) -> None:
    for day in ("1000-01-01", "2999-12-31"):
        assert client.get(f"/api/places/{TOWN}{part}", params={"at": day}).status_code == 200


def test_consequences_are_rows_and_tables_over_a_period(client: TestClient[Litestar]) -> None:
    found = get(client, f"/api/places/{GATE}/consequences", at="2031-05-12")
    assert (found["first"], found["last"]) == ("2031-02-12", "2031-05-12")
    assert any(one["kind"] == "lane" and one["state"] == "closed" for one in found["items"])
    assert any(isinstance(one, dict) and "crossing" in one["headers"] for one in found["told"])
    period = {"from": "2000-01-01", "to": "2031-05-12"}
    assert client.get(f"/api/places/{GATE}/consequences", params=period).status_code == 400


def test_place_without_a_point_has_no_distance() -> None:
    from marchland.events.weights import load_weights  # noqa: PLC0415
    from marchland.views.neighbours import around  # noqa: PLC0415

    here = Place("x:a", "A", "town", "XA", 60.0, 20.0)
    lost = Place("x:b", "B", "town", "XA", 0.0, 0.0, radius_km=20000.0)
    (one,) = around(here, [here, lost], load_weights(), 5)
    assert (one.km, one.where) == (None, "")
