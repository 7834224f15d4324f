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
