"""The lists, the claims and the articles are the same in SQLite and in PostgreSQL."""

from __future__ import annotations

import pytest
from lists_war import fill
from litestar.testing import TestClient

from marchland.service.app import make_app
from marchland.service.settings import Settings

ASKED = (
    "/api/places", "/api/places?q=by&known_at=2031-05-06", "/api/places?holder=x:lake-league", "/api/claims",
    "/api/claims?actor=crown&from=2031-05-06", "/api/claims?publisher=Eel%20Times&known_at=2031-05-07", "/api/events",
    "/api/events?country=XA&from=2031-05-05", "/api/holdings", "/api/counts", "/api/parties", "/api/outlets",
    "/api/copies", "/api/copies?known_at=2031-05-06", "/api/versions", "/api/skipped?q=DATE&limit=3",
    "/api/skipped?set_aside=true", "/api/export/claims.csv",
)  # fmt: skip


@pytest.fixture
def both(tmp_path_factory: pytest.TempPathFactory, address: str):
    """A service over each kind of store, with the same reports."""
    names = (str(tmp_path_factory.mktemp("stores") / "war.db"), address)
    for name in names:
        fill(name)
    clients = [TestClient(make_app(Settings(name, history=False, readers=1))) for name in names]
    with clients[0] as one, clients[1] as other:
        yield one, other


def test_both_stores_answer_alike(both) -> None:
    one, other = both
    for asked in ASKED:
        answers = one.get(asked), other.get(asked)
        assert [told.status_code for told in answers] == [200, 200], (asked, answers[1].text)
        assert answers[0].content == answers[1].content, asked
    for row in one.get("/api/claims").json()["items"]:
        for asked in (f"/api/claims/{row['claim_id'][:10]}", f"/api/articles/{row['article_id'][:10]}"):
            assert one.get(asked).json() == other.get(asked).json()
    told = [client.get("/api/record").json() for client in both]
    assert {**told[0], "ledger": "", "last_recorded": ""} == {**told[1], "ledger": "", "last_recorded": ""}
