"""The description of the API: every endpoint and every parameter of it is told in words."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from lists_war import make
from litestar.testing import TestClient

from marchland.service.app import make_app
from marchland.service.described import field_words
from marchland.service.settings import Settings


class Lamp(msgspec.Struct):
    """A lamp."""

    colour: str
    """As seen."""
    height: float


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict:
    path: Path = make(tmp_path_factory.mktemp("described") / "war.db")
    with TestClient(make_app(Settings(str(path), history=False))) as client:
        return client.get("/api/schema/openapi.json").json()


def test_every_endpoint_says_what_it_answers(told: dict) -> None:
    silent = [path for path, verbs in told["paths"].items() for one in verbs.values() if not one.get("description")]
    assert silent == []


def test_every_parameter_of_the_lists_is_told(told: dict) -> None:
    lists = {path: one["get"] for path, one in told["paths"].items() if one.get("get", {}).get("tags") == ["lists"]}
    assert len(lists) > 8
    silent = [(path, it["name"]) for path, one in lists.items() for it in one["parameters"] if not it["description"]]
    assert silent == []


def test_fields_have_the_words_that_stand_under_them(told: dict) -> None:
    assert field_words(Lamp) == {"colour": "As seen."}
    listed = told["components"]["schemas"]["Listed"]
    assert listed["description"] == "One page of a list."
    assert listed["properties"]["total"]["description"] == "Rows in the whole list."


def test_errors_are_described_as_they_come(told: dict) -> None:
    for verbs in told["paths"].values():
        for one in verbs.values():
            assert list(one["responses"]["default"]["content"]) == ["application/problem+json"]
            wrong = [it["content"] for status, it in one["responses"].items() if status.startswith("4")]
            assert all("application/problem+json" in it for it in wrong)
