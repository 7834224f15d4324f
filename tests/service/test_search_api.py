"""Search and suggestions through the API."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from litestar.testing import TestClient

sys.path.insert(0, str(Path(__file__).parents[1] / "ledger"))
from reports import MONDAY, WAR, put, report

from marchland.ledger.store import Ledger
from marchland.service.app import make_app
from marchland.service.settings import Settings

Client = TestClient


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("search") / "war.db"
    with Ledger.open(path) as ledger:
        put(ledger, *WAR, now=MONDAY)
    return path


@pytest.fixture(scope="module")
def client(file: Path) -> Iterator[Client]:
    with TestClient(make_app(Settings(ledger=str(file), history=False))) as made:
        yield made


def test_search_answers_kind_by_kind_with_ranges(client: Client) -> None:
    told = client.get("/api/search", params={"q": "osterby"}).json()
    assert told["totals"] == {"place": 1, "party": 0, "claim": 3, "article": 3}
    assert told["index"] == {"articles": 4, "of": 4, "complete": True}
    assert told["places"][0]["name"] == "Osterby"
    (start, end), text = told["claims"][0]["snippet"]["marks"][0], told["claims"][0]["snippet"]["text"]
    assert text[start:end] == "Osterby"


def test_filters_may_have_several_values_and_pages_keep_them(client: Client) -> None:
    asked = "/api/search?q=took&kind=claim&place=x:osterby&place=x:holmen&limit=2"
    seen, turns = [], 0
    while asked:
        told = client.get(asked).json()
        seen += [one["claim_id"] for one in told["claims"]]
        asked, turns = told["next"], turns + 1
    assert len(seen) == len(set(seen)) == told["totals"]["claim"] == 5
    assert turns == 3


def test_days_of_publication_and_both_clocks(client: Client) -> None:
    def count(**asked: str) -> int:
        return client.get("/api/search", params={"q": "took", **asked}).json()["totals"]["claim"]

    assert count(**{"from": "2031-05-06", "to": "2031-05-06"}) == 2
    assert count(known_at="2031-05-05") == 3
    assert count(at="2031-05-02") == 0


def test_what_is_written_while_it_runs_is_found(file: Path, client: Client) -> None:
    assert client.get("/api/search", params={"q": "lighthouse"}).json()["totals"]["article"] == 0
    with Ledger.open(file) as ledger:
        put(ledger, report("Delta", "Sandvik", day="2031-05-09", more="The lighthouse was dark."), now=MONDAY)
    assert client.get("/api/search", params={"q": "lighthouse"}).json()["totals"]["article"] == 1


def test_suggestions(client: Client) -> None:
    told = client.get("/api/suggest", params={"q": "oster"}).json()["items"]
    assert (told[0]["kind"], told[0]["id"]) == ("place", "x:osterby")
    assert client.get("/api/suggest", params={"q": "herald", "kind": "place"}).json()["items"] == []


@pytest.mark.parametrize(
    "asked",
    ["q=" + "x" * 201, "kind=everything", "from=yesterday", "to=2031-02-31", "limit=0", "offset=-1", "order=loudest",
     "known_at=2031-13-01", "&".join(["outlet=a"] * 21)],
)  # fmt: skip
def test_misuse_is_400(client: Client, asked: str) -> None:
    answer = client.get(f"/api/search?{asked}")
    assert answer.status_code == 400
    assert answer.headers["content-type"].startswith("application/problem+json")


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(q=st.text(max_size=60).filter(lambda text: text.isprintable() or "\0" in text), value=st.binary(max_size=12))
def test_anything_may_be_typed(client: Client, q: str, value: bytes) -> None:
    told = quote(q.encode("utf-8", "surrogatepass"))
    assert client.get(f"/api/search?q={told}&outlet={quote(value)}&country={quote(value)}").status_code == 200
    assert client.get(f"/api/suggest?q={told}").status_code == 200
