"""Reviewing by the API: the queue, each verb, undo, two people at once, and what is refused."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from litestar.testing import TestClient
from review_marsh import FAR, FIRM, HEDGED, LONE, REFUSED, claim, client, fill, token

from marchland.ledger import query
from marchland.ledger.store import Ledger

Json = dict[str, Any]


@pytest.fixture
def marsh(tmp_path: Path) -> Path:
    return fill(tmp_path / "marsh.db")


@pytest.fixture
def ada(marsh: Path) -> dict[str, str]:
    return token(marsh, "Ada")


@pytest.fixture
def web(marsh: Path, ada: dict[str, str]) -> Iterator[TestClient[Any]]:
    with client(marsh) as made:
        made.headers.update(ada)
        yield made


def queued(web: TestClient[Any], **asked: object) -> Json:
    """The queue once it is done."""
    for _ in range(200):
        found: Json = web.get("/api/review/queue", params={key: str(it) for key, it in asked.items()}).json()
        if found["done"]:
            return found
        time.sleep(0.02)
    raise AssertionError("the queue is never done")


def reject(web: TestClient[Any], row: Any = LONE, **more: object) -> Any:
    return web.post("/api/reviews", json={"verb": "reject", "claims": [row.claim_id], "because": "misread", **more})


def answers(marsh: Path) -> list[Any]:
    """Everything that the record says of holders."""
    with Ledger.open(marsh) as ledger:
        return [query.holdings(ledger), [query.who(ledger, place) for place in ledger.place_ids()]]


# --------------------------------------------------------------------------------------------------------------- queue


def test_what_the_record_rests_on_and_is_doubtful_comes_first(web: TestClient[Any]) -> None:
    found = queued(web)["items"]
    ids = [one["claim_id"] for one in found]
    assert ids[0] == LONE.claim_id
    assert ids.index(HEDGED.claim_id) < ids.index(FAR.claim_id) < ids.index(FIRM[0].claim_id)
    assert [one["score"] for one in found] == sorted((one["score"] for one in found), reverse=True)


def test_each_item_says_why_it_is_there_and_what_would_change(web: TestClient[Any]) -> None:
    first = queued(web)["items"][0]
    assert first["exact"]
    assert "the reader was 55% sure" in first["because"]
    assert first["changed"][0]["words"].endswith("→ unknown")


def test_a_refused_place_is_an_item(web: TestClient[Any]) -> None:
    found = queued(web, doubt="left-out")["items"]
    assert [one["claim_id"] for one in found] == [REFUSED.claim_id]
    assert found[0]["refused"]
    assert "no place of that name" in found[0]["because"]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"place": "norwick"}, [HEDGED]),
        ({"stance": "hedges"}, [HEDGED]),
        ({"outlet": "lone"}, [LONE]),
        ({"country": "af"}, []),
        ({"event": "controls"}, []),
        ({"doubt": "hedged"}, [HEDGED]),
    ],
)
def test_the_queue_can_be_narrowed(web: TestClient[Any], asked: Json, expected: list[Any]) -> None:
    assert [one["claim_id"] for one in queued(web, **asked)["items"]] == [row.claim_id for row in expected]


def test_the_queue_comes_page_by_page(web: TestClient[Any]) -> None:
    whole, first = queued(web), queued(web, limit=2)
    second = web.get(first["next"]).json()
    assert first["items"] + second["items"] == whole["items"][:4]
    assert first["total"] == whole["total"]


def test_the_same_record_gives_the_same_queue(marsh: Path, web: TestClient[Any]) -> None:
    reject(web, HEDGED)
    again = queued(web)["items"]
    with client(marsh) as fresh:
        assert queued(fresh)["items"] == again


def test_what_was_reviewed_leaves_the_queue_and_is_found_by_its_reviewer(web: TestClient[Any]) -> None:
    assert LONE.claim_id in {one["claim_id"] for one in queued(web)["items"]}
    reject(web)
    assert LONE.claim_id not in {one["claim_id"] for one in queued(web)["items"]}
    assert [one["claim_id"] for one in queued(web, reviewer="ada")["items"]] == [LONE.claim_id]


def test_an_item_has_what_is_needed_to_decide(web: TestClient[Any]) -> None:
    found = web.get(f"/api/review/queue/{LONE.claim_id}").json()
    assert found["context"]["text"].startswith("Rain fell")
    assert found["sentence"]["text"] == LONE.sentence
    assert found["without"][0]["turns"]
    assert found["counts"]


def test_claims_on_the_same_place_are_there_to_merge_or_split(web: TestClient[Any]) -> None:
    found = web.get(f"/api/review/queue/{FIRM[0].claim_id}").json()["others"]
    assert {one["claim_id"] for one in found} == {row.claim_id for row in FIRM[1:]}
    assert all(one["together"] for one in found)


# --------------------------------------------------------------------------------------------------------------- verbs


def test_a_rejected_claim_changes_the_answer_and_says_how(web: TestClient[Any]) -> None:
    made = reject(web)
    assert made.status_code == 201
    told = made.json()
    assert told["review"]["by"] == "Ada"
    moved = told["changed"][0]
    assert (moved["place_name"], moved["before"]["status"], moved["after"]["status"]) == ("Reedham", "held", "unknown")
    assert told["new"]


def test_what_is_foreseen_is_what_happens_and_writes_nothing(marsh: Path, web: TestClient[Any]) -> None:
    before = answers(marsh)
    asked = {"verb": "reject", "claims": [LONE.claim_id], "because": "misread"}
    foreseen = web.post("/api/reviews/preview", json=asked)
    assert foreseen.status_code == 200
    assert answers(marsh) == before
    assert web.get("/api/reviews").json()["total"] == 0
    assert web.post("/api/reviews", json=asked).json()["changed"] == foreseen.json()["changed"]


def test_an_accepted_claim_is_surer_and_needs_no_reason(web: TestClient[Any]) -> None:
    told = web.post("/api/reviews", json={"verb": "accept", "claims": [LONE.claim_id]}).json()
    assert told["review"]["because"] == "read rightly"
    moved = told["changed"][0]
    assert moved["after"]["probability"] > moved["before"]["probability"]


def test_that_no_place_was_chosen_can_be_right(web: TestClient[Any]) -> None:
    told = web.post("/api/reviews", json={"verb": "accept", "claims": [REFUSED.claim_id]}).json()
    assert (told["new"], told["changed"]) == (True, [])
    assert REFUSED.claim_id not in {one["claim_id"] for one in queued(web)["items"]}


def test_a_corrected_place_moves_the_claim(web: TestClient[Any]) -> None:
    asked = {"verb": "correct", "claims": [REFUSED.claim_id], "because": "the mill of Norwick",
             "changes": {"place": "x:eelwater"}}  # fmt: skip
    told = web.post("/api/reviews", json=asked).json()
    assert told["review"]["words"].startswith("correct: place Eelwater")
    assert {one["place_id"] for one in told["changed"]} == {"x:eelwater"}


def test_corrected_days_move_the_date(web: TestClient[Any]) -> None:
    asked = {"verb": "correct", "claims": [LONE.claim_id], "because": "the week before",
             "changes": {"date_from": "2021-04-26", "date_to": "2021-04-26"}}  # fmt: skip
    moved = web.post("/api/reviews", json=asked).json()["changed"]
    assert {one["after"]["since"] for one in moved} == {"2021-04-26"}


def test_merged_and_split_claims_are_on_record(web: TestClient[Any]) -> None:
    ids = [row.claim_id for row in FIRM[:2]]
    split = web.post("/api/reviews", json={"verb": "split", "claims": ids, "because": "two assaults"})
    assert split.status_code == 201
    merged = web.post("/api/reviews", json={"verb": "merge", "claims": ids, "because": "one after all"})
    assert merged.json()["review"]["claims"] == sorted(ids)


def test_undo_gives_back_the_very_same_answers(marsh: Path, web: TestClient[Any]) -> None:
    before = answers(marsh)
    made = reject(web).json()
    assert answers(marsh) != before
    undone = web.post(f"/api/reviews/{made['review']['review_id']}/withdraw", json={})
    assert undone.status_code == 201
    assert answers(marsh) == before
    assert [one["after"] for one in undone.json()["changed"]] == [one["before"] for one in made["changed"]]
    assert LONE.claim_id in {one["claim_id"] for one in queued(web)["items"]}


def test_what_is_withdrawn_twice_is_withdrawn_once(web: TestClient[Any]) -> None:
    review = reject(web).json()["review"]["review_id"]
    first = web.post(f"/api/reviews/{review}/withdraw", json={"because": "my mistake"})
    second = web.post(f"/api/reviews/{review}/withdraw", json={"because": "my mistake"})
    assert (second.status_code, second.json()["new"]) == (200, False)
    assert second.json()["review"]["review_id"] == first.json()["review"]["review_id"]


def test_the_log_tells_who_said_what_and_what_was_taken_back(web: TestClient[Any]) -> None:
    review = reject(web).json()["review"]["review_id"]
    web.post(f"/api/reviews/{review}/withdraw", json={"because": "my mistake"})
    found = web.get("/api/reviews").json()["items"]
    assert [(one["verb"], one["in_force"], one["withdrawn_by"]) for one in found] == [
        ("withdraw", True, None), ("reject", False, "Ada"),
    ]  # fmt: skip
    assert web.get("/api/reviews", params={"in_force": "true"}).json()["total"] == 1


# ----------------------------------------------------------------------------------------------------------- sent twice


def test_the_same_review_sent_again_by_its_key_is_one(web: TestClient[Any]) -> None:
    first, second = reject(web, key="k1"), reject(web, key="k1", because="other words")
    assert (first.status_code, second.status_code) == (201, 200)
    assert second.json()["review"] == first.json()["review"]


def test_the_same_words_again_are_one_review(web: TestClient[Any]) -> None:
    first, second = reject(web), reject(web)
    assert second.json()["review"]["review_id"] == first.json()["review"]["review_id"]
    assert web.get("/api/reviews").json()["total"] == 1


def test_a_change_of_mind_is_a_review_of_its_own(web: TestClient[Any]) -> None:
    reject(web)
    web.post("/api/reviews", json={"verb": "accept", "claims": [LONE.claim_id]})
    assert reject(web).json()["new"]
    assert web.get("/api/reviews").json()["total"] == 3


# ---------------------------------------------------------------------------------------------------------- two people


def test_two_people_on_one_claim_are_both_kept_and_told_of_each_other(marsh: Path, web: TestClient[Any]) -> None:
    reject(web)
    told = web.post("/api/reviews", json={"verb": "accept", "claims": [LONE.claim_id]}, headers=token(marsh, "Bo"))
    assert told.status_code == 201
    assert told.json()["note"] == "already reviewed by Ada as reject; yours is kept too"
    assert [one["by"] for one in web.get(f"/api/review/queue/{LONE.claim_id}").json()["reviews"]] == ["Ada", "Bo"]


def test_who_expects_another_state_is_told_and_nothing_is_written(marsh: Path, web: TestClient[Any]) -> None:
    seen = web.get(f"/api/review/queue/{LONE.claim_id}").json()["state"]
    reject(web)
    asked = {"verb": "accept", "claims": [LONE.claim_id], "expected": seen}
    refused = web.post("/api/reviews", json=asked, headers=token(marsh, "Bo"))
    assert refused.status_code == 409
    assert refused.json()["reviews"][0]["by"] == "Ada"
    assert web.get("/api/reviews").json()["total"] == 1
    again = asked | {"expected": refused.json()["state"]}
    assert web.post("/api/reviews", json=again, headers=token(marsh, "Bo")).status_code == 201


def test_a_retry_of_what_was_kept_is_no_conflict(web: TestClient[Any]) -> None:
    seen = web.get(f"/api/review/queue/{LONE.claim_id}").json()["state"]
    assert reject(web, key="k1", expected=seen).status_code == 201
    assert reject(web, key="k1", expected=seen).status_code == 200


def test_a_hundred_reviews_by_two_people_at_once_are_all_there(marsh: Path, web: TestClient[Any]) -> None:
    people = [token(marsh, name) for name in ("Bo", "Cy")]

    def send(number: int) -> Any:
        asked = {"verb": "reject", "claims": [FIRM[number % 4].claim_id], "because": f"word {number}"}
        return web.post("/api/reviews", json=asked | {"key": f"k{number}"}, headers=people[number % 2])

    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(send, range(100)))
    assert {one.status_code for one in made} == {201}
    kept = {one["review_id"] for one in web.get("/api/reviews", params={"limit": "500"}).json()["items"]}
    assert kept == {one.json()["review"]["review_id"] for one in made}


# ------------------------------------------------------------------------------------------------------------- refused


def test_without_a_token_nothing_is_written_but_all_can_be_read(marsh: Path) -> None:
    with client(marsh) as stranger:
        assert reject(stranger).status_code == 401
        assert stranger.post("/api/reviews/0123456789/withdraw", json={}).status_code == 401
        assert queued(stranger)["total"]
        assert stranger.get("/api/reviews").json()["total"] == 0


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"verb": "reject", "claims": [LONE.claim_id]}, 400),
        ({"verb": "reject", "claims": [LONE.claim_id], "because": " "}, 400),
        ({"verb": "erase", "claims": [LONE.claim_id], "because": "x"}, 400),
        ({"verb": "reject", "claims": [], "because": "x"}, 400),
        ({"verb": "reject", "claims": ["no-such-claim"], "because": "x"}, 404),
        ({"verb": "correct", "claims": [LONE.claim_id], "because": "x"}, 400),
        ({"verb": "correct", "claims": [LONE.claim_id], "because": "x", "changes": {"place": "Nowhereham"}}, 400),
        ({"verb": "correct", "claims": [LONE.claim_id], "because": "x", "changes": {"event": "dances"}}, 400),
        ({"verb": "correct", "claims": [LONE.claim_id], "because": "x", "changes": {"date_to": "2021-02-31"}}, 400),
        ({"verb": "correct", "claims": [LONE.claim_id], "because": "x", "changes": {"colour": "red"}}, 400),
        ({"verb": "merge", "claims": [LONE.claim_id], "because": "x"}, 400),
        ({"verb": "merge", "claims": [LONE.claim_id, HEDGED.claim_id], "because": "x"}, 400),
        ({"verb": "reject", "claims": [LONE.claim_id], "because": "x" * 3000}, 400),
        ({"verb": "reject", "claims": [LONE.claim_id], "because": "a\u0000b"}, 400),
    ],
)
def test_what_cannot_be_is_refused_in_words(web: TestClient[Any], asked: Json, status: int) -> None:
    made = web.post("/api/reviews", json=asked)
    assert made.status_code == status
    assert made.json()["detail"]
    assert web.get("/api/reviews").json()["total"] == 0


@pytest.mark.parametrize(
    "path", ["/api/review/queue/nosuchclaim", "/api/review/queue?event=dances", "/api/review/queue?doubt=x%00y",
             "/api/review/places?name=%00", "/api/reviews?verb=dance"],
)  # fmt: skip
def test_odd_questions_are_answered_in_words(web: TestClient[Any], path: str) -> None:
    assert web.get(path).status_code in (400, 404)


def test_places_that_a_name_may_mean_are_told(web: TestClient[Any]) -> None:
    found = web.get("/api/review/places", params={"name": "norwick"}).json()
    assert [(one["place_id"], one["on_record"]) for one in found] == [("x:norwick", True)]


def test_a_claim_that_is_not_about_control_can_be_judged_too(tmp_path: Path) -> None:
    marsh = fill(tmp_path / "more.db", claim("talks", "Fenton", event="consult"))
    with client(marsh) as web:
        found = web.get("/api/review/queue/claim-talks")
        assert (found.status_code, found.json()["without"]) == (200, [])
        assert "claim-talks" not in {one["claim_id"] for one in queued(web)["items"]}
