"""A parameter that a question of the API does not have is told of: it is not passed over in silence."""

from __future__ import annotations

from typing import Any

import httpx
import pytest


@pytest.fixture(scope="module")
def site(demo: Any, serve: Any) -> str:
    return str(serve(demo / "ledger.db", history=False))


@pytest.mark.parametrize("path", ["/api/who?place=x&knwon_at=2021-07-20", "/api/holdings?att=2021-07-20"])
def test_a_misspelt_parameter_is_named_with_those_there_are(site: str, path: str) -> None:
    told = httpx.get(site + path)
    assert told.status_code == 400
    assert "there is no parameter" in told.json()["detail"] and "known_at" in told.json()["detail"]


def test_the_second_clock_of_changes_has_the_name_that_it_has_everywhere(site: str) -> None:
    asked = {"since": "2021-07-13", "limit": "500"}
    one = httpx.get(f"{site}/api/changes", params=asked | {"known_at": "2021-07-20"}).json()
    other = httpx.get(f"{site}/api/changes", params=asked | {"until": "2021-07-20"}).json()
    every = httpx.get(f"{site}/api/changes", params=asked).json()
    assert one["items"] == other["items"] and one["total"] < every["total"]


def test_both_names_at_once_are_refused(site: str) -> None:
    asked = {"since": "2021-07-13", "until": "2021-07-20", "known_at": "2021-07-21"}
    assert httpx.get(f"{site}/api/changes", params=asked).status_code == 400


def test_who_may_not_write_is_told_so_before_the_body_is_looked_at(site: str) -> None:
    assert httpx.post(f"{site}/api/reviews", json={"nonsense": 1}).status_code == 401
    told = httpx.get(f"{site}/api/schema/openapi.json", timeout=30).json()
    assert told["components"]["securitySchemes"]["token"]["scheme"] == "bearer"
    assert told["paths"]["/api/reviews"]["post"]["security"] == [{"token": []}]


def test_an_address_that_is_no_page_is_answered_with_a_page_to_a_browser_alone(site: str) -> None:
    page = httpx.get(f"{site}/nowhere", headers={"Accept": "text/html"})
    assert (page.status_code, page.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert httpx.get(f"{site}/nowhere").headers["content-type"].startswith("application/problem+json")
