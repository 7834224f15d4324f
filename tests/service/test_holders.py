"""How parties are drawn: one list for every page, those at posts of crossings too, and one colour for each lineage."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from litestar.testing import TestClient
from place_war import ALL, TAKEN, put

from marchland.claims.partytable import load_rows
from marchland.ledger import query
from marchland.ledger.store import Ledger
from marchland.service.app import make_app
from marchland.service.holders import drawn
from marchland.service.settings import Settings


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient[Any]]:
    """A war with a crossing of the shipped table, of whose far post nobody tells."""
    listed = min(query.listed_crossings())
    gate = replace(TAKEN, row=replace(TAKEN.row, place_id=listed, claim_id="gate-of-the-table"))
    with Ledger.open(tmp_path / "war.db") as ledger:
        put(ledger, *ALL[:3], gate)
    with TestClient(make_app(Settings(ledger=str(tmp_path / "war.db"), history=False))) as made:
        yield made


def test_parties_at_posts_are_drawn_alike_on_the_map_and_everywhere_else(client: TestClient[Any]) -> None:
    shown = client.get("/api/map").json()
    about = client.get("/api/about").json()["holders"]
    (crossing,) = client.get("/api/crossings").json()["items"][:1]
    assert shown["holders"] == about
    assert crossing["post_b_presumed"] in {one["name"] for one in about}
    assert about[-1]["name"] == crossing["post_b_presumed"]  # after those that hold something
    assert about[-1]["id"] != about[-1]["name"]
    assert len({one["letter"] for one in about}) == len(about)


def test_parties_of_one_lineage_have_one_colour_and_their_own_letters() -> None:
    rows = load_rows()
    later = next(one for one in rows.values() if one.lineage != one.party_id and one.lineage in rows)
    first, other = rows[later.lineage], next(one for one in rows.values() if one.lineage != later.lineage)
    styles = drawn([(one.party_id, one.name) for one in (first, other, later)] + [("x:unlisted", "Lake League")])
    assert [one.colour for one in styles] == [0, 1, 0, 2]
    assert len({one.letter for one in styles}) == len(styles)
