"""Claims and articles by the API: how each claim was read, where it stands, and what became of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from lists_war import HOSTILE, correct, make, report, rows
from litestar.testing import TestClient

from marchland.ledger.store import Ledger
from marchland.service.app import make_app
from marchland.service.settings import Settings


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("articles") / "war.db")


@pytest.fixture(scope="module")
def api(shared: Path) -> Iterator[TestClient]:
    with TestClient(make_app(Settings(str(shared)))) as client:
        yield client


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return make(tmp_path / "own.db")


def one_of(path: Path, place: str, publisher: str = ""):
    return next(row for row in rows(path).values() if row.place_name == place and publisher in (row.publisher or ""))


def test_a_claim_is_told_with_its_sentence_parts_and_reasons(api: TestClient, shared: Path) -> None:
    row = one_of(shared, "Vesterby")
    told = api.get(f"/api/claims/{row.claim_id}").json()
    assert told["sentence"]["text"] == row.sentence == told["claim"]["sentence"]
    assert {"event", "stance", "actor", "place", "date", "speaker"} <= {part["part"] for part in told["parts"]}
    assert told["claim"]["event_id"]
    assert told["became"] == {"counts": True, "claim": None, "taken_back": [], "reviews": []}
    assert told["article"]["publisher"] == "Eel Times"


def test_marked_ranges_are_those_of_the_article(api: TestClient, shared: Path) -> None:
    row = one_of(shared, "Sandvik")
    told = api.get(f"/api/claims/{row.claim_id}").json()
    text = api.get(f"/api/articles/{row.article_id}").json()["text"]
    assert told["spans"]
    assert all(text[span["start"] : span["end"]] == span["text"] for span in told["spans"])


def test_the_first_characters_of_an_id_are_enough(api: TestClient, shared: Path) -> None:
    row = one_of(shared, "Vesterby")
    assert api.get(f"/api/claims/{row.claim_id[:9]}").json()["claim"]["claim_id"] == row.claim_id
    told = api.get(f"/api/articles/{row.article_id[:9]}").json()
    assert told["article_id"] == row.article_id


@pytest.mark.parametrize("kind", ["claims", "articles"])
@pytest.mark.parametrize(
    ("asked", "status"), [("nobody-has-this", 404), ("abc", 400), ("a%00bc%00d", 400), ("%F0%9F%92%A5" * 5, 404)]
)
def test_what_is_not_on_record_is_404_and_what_is_no_id_400(
    api: TestClient, kind: str, asked: str, status: int
) -> None:
    told = api.get(f"/api/{kind}/{asked}")
    assert told.status_code == status
    assert told.headers["content-type"].startswith("application/problem+json")


def test_ids_that_begin_alike_are_named(tmp_path: Path) -> None:

    article, (one, two) = report("Varn Herald", "2031-05-04", "Osterby", "Sandvik")
    alike = [replace(it, row=replace(it.row, claim_id=name)) for it, name in ((one, "abcd0001"), (two, "abcd0002"))]
    with Ledger.open(tmp_path / "alike.db") as ledger:
        ledger.add(replace(article, article_id=article.article_id), alike)
    with TestClient(make_app(Settings(str(tmp_path / "alike.db")))) as client:
        told = client.get("/api/claims/abcd")
        assert told.status_code == 400
        assert "abcd0001, abcd0002" in told.json()["detail"]
        assert client.get("/api/claims/abcd0002").json()["claim"]["place_name"] == "Sandvik"


def test_the_same_words_elsewhere_and_the_same_witness_are_told(api: TestClient, shared: Path) -> None:
    row = one_of(shared, "Holmen", "Eel")
    told = api.get(f"/api/claims/{row.claim_id}").json()
    assert {one["publisher"] for one in told["copies"]} == {"Meridian Wire", "Marsh Courier"}
    assert told["same_witnesses"] == 2
    assert {one["claim_id"] for one in told["same_witness"]} == {one["claim_id"] for one in told["copies"]}


def test_an_article_is_told_with_claims_copies_and_parts(api: TestClient, shared: Path) -> None:
    row = one_of(shared, "Holmen", "Eel")
    told = api.get(f"/api/articles/{row.article_id}").json()
    assert [part["kind"] for part in told["parts"]] == ["headline", "body"]
    assert [told["text"][one["start"] : one["end"]] for one in told["claims"]] == [row.sentence]
    assert told["claims"][0]["counts"]
    copies = told["copies"]
    assert copies["total"] == 3
    assert {one["article"]["publisher"] for one in copies["articles"]} == {"Meridian Wire", "Marsh Courier"}
    assert told["versions"] == [] and told["note"] == ""


def test_a_page_that_was_read_twice_tells_what_came_and_went(api: TestClient, shared: Path) -> None:
    row = next(one for one in rows(shared).values() if one.publisher == "Varn Herald")
    (change,) = api.get(f"/api/articles/{row.article_id}").json()["versions"]
    assert "stayed open" in " ".join(one["text"] for one in change["removed"])
    assert "shut by noon" in " ".join(one["text"] for one in change["added"])


def test_words_of_strangers_stay_the_text_they_are(api: TestClient, shared: Path) -> None:
    row = one_of(shared, "Nordhamn")
    answer = api.get(f"/api/articles/{row.article_id}")
    assert answer.headers["content-type"].startswith("application/json")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.json()["headline"] == HOSTILE
    assert HOSTILE in api.get(f"/api/claims/{row.claim_id}").json()["sentence"]["text"]


def test_a_corrected_claim_is_found_by_both_ids(own: Path) -> None:
    row = one_of(own, "Osterby", "Lake")
    review = correct(own, row, "correct", date_from="2031-05-01", date_to="2031-05-01", date_edtf="2031-05-01")
    now = next(one for one in rows(own).values() if one.publisher == "Lake Radio" and one.place_name == "Osterby")
    assert now.claim_id != row.claim_id
    with TestClient(make_app(Settings(str(own)))) as client:
        first, second = (client.get(f"/api/claims/{one}").json() for one in (row.claim_id, now.claim_id))
        assert first == second
        assert first["claim"]["claim_id"] == row.claim_id and first["claim"]["date_from"] == "2031-05-05"
        became = first["became"]
        assert became["counts"] and became["claim"]["date_from"] == "2031-05-01"
        assert became["claim"]["claim_id"] == now.claim_id
        assert [(one["review_id"], one["in_force"]) for one in became["reviews"]] == [(review.review_id, True)]
        (there,) = client.get(f"/api/articles/{row.article_id}").json()["claims"]
        assert there["corrected"] and there["date_from"] == "2031-05-01" and there["claim_id"] == row.claim_id


def test_a_rejected_claim_counts_no_longer_and_says_who_did_it(own: Path) -> None:
    row = one_of(own, "Holmen", "Eel")
    correct(own, row, "reject")
    with TestClient(make_app(Settings(str(own)))) as client:
        became = client.get(f"/api/claims/{row.claim_id}").json()["became"]
        assert not became["counts"]
        assert "Ada Berg" in became["taken_back"][0]["words"]
        (there,) = client.get(f"/api/articles/{row.article_id}").json()["claims"]
        assert not there["counts"] and there["taken_back"]


def test_a_long_text_is_given_piece_by_piece(api: TestClient, shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("marchland.service.articles.MOST_TEXT", 50)
    row = one_of(shared, "Holmen", "Eel")
    whole, start = "", 0
    while True:
        told = api.get(f"/api/articles/{row.article_id}", params={"start": start}).json()
        whole += told["text"]
        start += 50
        if start >= told["length"]:
            break
        assert f"start={start}" in told["note"]
    assert len(whole) == told["length"] and row.sentence in whole
