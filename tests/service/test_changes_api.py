"""Changes between two days of knowledge by the API: each once, with its sentences, late reports marked."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from changes_war import CROWN, LEAGUE, make
from litestar.testing import TestClient

from marchland.ledger.between import Span, noted
from marchland.ledger.compare import Wanted, changes, moment
from marchland.ledger.store import Ledger
from marchland.service import recent
from marchland.service.app import make_app
from marchland.service.settings import Settings
from marchland.views.changes import words

SPAN = {"since": "2031-05-10", "until": "2031-05-31"}


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("changes") / "war.db")


@pytest.fixture(scope="module")
def api(path: Path) -> Iterator[TestClient]:
    with TestClient(make_app(Settings(str(path)))) as client:
        yield client


def asked(api: TestClient, **params: object) -> dict:
    answer = api.get("/api/changes", params={**SPAN, **params})
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_each_change_comes_once_with_the_sentence_that_made_it(api: TestClient) -> None:
    told = asked(api)
    assert len({one["change_id"] for one in told["items"]}) == told["total"] == len(told["items"])
    (osterby,) = [one for one in told["items"] if one["place_name"] == "Osterby" and one["change"] == "holder"]
    assert (osterby["before_holder_id"], osterby["after_holder_id"]) == (LEAGUE, CROWN)
    assert osterby["former_holder_name"] == "Lake League" and osterby["changed_hands"]
    assert {one["publisher"] for one in osterby["because"]} == {"Marsh Post", "Hill Gazette"}
    assert all(one["article_id"] and one["url"] and one["log_odds"] > 0 for one in osterby["because"])
    assert (osterby["day"], osterby["known"]) == ("2031-05-20", "2031-05-21")


def test_listing_has_the_changes_that_the_command_diff_tells(path: Path) -> None:
    with Ledger.open(path) as ledger:
        found = noted(ledger, Span("2031-05-10", "2031-05-31"), Wanted())
        before, after = (moment(ledger, known_at=day) for day in ("2031-05-10", "2031-05-31"))
        told = changes(ledger, before, after, Wanted())
    assert {one.row.change_id for one in found} == {one.change_id for one in told}


def test_late_report_is_marked_with_how_late_it_is(api: TestClient) -> None:
    told = asked(api)
    (late,) = [one for one in told["items"] if one["late"]]
    assert (late["place_name"], late["day"], late["known"]) == ("Vesterby", "2031-04-20", "2031-05-12")
    assert late["late"] == 20 and told["late"] == 1
    assert [one["change_id"] for one in asked(api, late=True)["items"]] == [late["change_id"]]


def test_speaker_has_a_side_and_a_denial_its_sentence(api: TestClient) -> None:
    told = asked(api, since="2031-05-05", until="2031-05-07", kind="denied")
    (one,) = told["items"]
    (because,) = one["because"]
    assert (because["said_by"], because["side"], because["stance"]) == (
        "spokesman of the Crown",
        "Crown of Varn",
        "denies",
    )


@pytest.mark.parametrize(
    ("params", "places"),
    [
        ({"country": "xb"}, {"Holmen"}),
        ({"place": "x:sandvik"}, {"Sandvik"}),
        ({"party": "crown"}, {"Osterby"}),
        ({"kind": ["crossing"]}, {"Gate"}),
        ({"place": "x:nowhere"}, set()),
        ({"at": "2031-05-21", "party": "Crown"}, {"Osterby"}),
    ],
)
def test_only_what_is_asked_for_comes(api: TestClient, params: dict, places: set[str]) -> None:
    assert {one["place_name"] for one in asked(api, **params)["items"]} == places


def test_list_goes_by_place_or_by_day_page_by_page(api: TestClient) -> None:
    days = [one["day"] for one in asked(api, by="day")["items"] if one["day"]]
    assert days == sorted(days, reverse=True)
    known = [one["known"] for one in asked(api, by="known")["items"] if one["known"]]
    assert known == sorted(known, reverse=True)
    whole, url, pages = asked(api)["items"], "/api/changes", []
    params: dict | None = {**SPAN, "limit": 2}
    while url:
        told = api.get(url, params=params).json()
        pages += told["items"]
        url, params = told["next"], None
    assert pages == whole


def test_days_count_what_happened_and_what_became_known(api: TestClient) -> None:
    told = api.get("/api/changes/days").json()
    assert told["since"] is None
    assert dict(told["held"])["2031-04-20"] == 1 and dict(told["known"])["2031-05-12"] == 1


def test_days_that_are_none_or_in_the_wrong_order_are_misuse(api: TestClient) -> None:
    for params in ({"since": "2031-02-30"}, {"since": "2031-05-20", "until": "2031-05-10"}, {"at": "0000-01-01"}):
        answer = api.get("/api/changes", params=params)
        assert answer.status_code == 400 and answer.headers["content-type"].startswith("application/problem+json")
    assert api.get("/api/changes", params={"since": "1800-01-01"}).json()["since"] is None
    assert api.get("/api/changes", params={"until": "1800-01-01"}).json()["items"] == []


def test_nobody_waits_for_a_day_that_must_be_worked_out(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recent, "AT_ONCE", 0)
    with TestClient(make_app(Settings(str(make(path.with_name("cold.db")))))) as client:
        first = client.get("/api/changes", params=SPAN)
        assert first.json()["waiting"] == first.json()["places_on_record"] == 5
        assert first.json()["items"] == [] and "etag" not in first.headers
        for _ in range(400):
            told = client.get("/api/changes", params=SPAN)
            if not told.json()["waiting"]:
                break
            time.sleep(0.02)
        assert told.json()["total"] and told.headers["etag"]


def test_words_say_by_when_a_holding_had_begun_where_its_day_is_not_known(path: Path) -> None:
    with Ledger.open(path) as ledger:
        found = noted(ledger, Span("2031-05-10", "2031-05-31"), Wanted(place_id="x:osterby"))
    (one,) = [one for one in found if one.row.change == "holder"]
    assert words(one.row, one.day).startswith("held by Crown of Varn since 20 May 2031 (")
    assert words(replace(one.row, after_from=None), one.day).startswith(
        "held by Crown of Varn since 20 May 2031 or ear"
    )
