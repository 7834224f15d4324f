"""Whatever is asked of the API: it answers as it has promised, and nothing that is asked makes it fail."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from litestar.testing import TestClient

from marchland.ledger.store import Ledger
from marchland.ledger.tokens import add
from marchland.records import EVENTS
from marchland.service.app import make_app
from marchland.service.settings import Settings

EXAMPLES = 6
"""Requests that are made up for each operation."""
REAL = 0.7
"""How often a parameter is something that is on record: only made-up ones would never get far."""
OPEN = "/api/stream"
"""Never ends: it is tested by itself."""
DAYS = ("2021-07-08", "2021-08-16", "2021-07-15", "2021-08-01", "1000-01-01", "2999-12-31", "2024-02-29", "2021-02-30")
NAMES = ("'", "%", "_", "\ud7ff\u202e", "a" * 200, "\u0627\u0644", "<script>", "x\u0000y")
WORDS = ("Taliban", '"', "a AND b", "NEAR(", "*", "-", "(", "x OR", "tal*", '"a b" c', "col:x", "^a")


@dataclass
class Served:
    """The service over the record of the demo, and what is on it."""

    client: TestClient[Any]
    token: str
    schema: Any
    real: dict[str, tuple[str, ...]]


@pytest.fixture(scope="module")
def served(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    file = tmp_path_factory.mktemp("fuzz") / "ledger.db"
    shutil.copy(demo / "ledger.db", file)
    with Ledger.open(file) as ledger:
        token, real = add(ledger.database, "Anna", ["review", "admin"]).token, _on_record(ledger)
    app = make_app(Settings(ledger=str(file), history=False, rate_here=10**9))
    with TestClient(app, raise_server_exceptions=False) as client:
        found = schemathesis.openapi.from_dict(client.get("/api/schema/openapi.json").json())
        yield Served(client, token, found.exclude(path=OPEN), real)


def _on_record(ledger: Ledger) -> dict[str, tuple[str, ...]]:
    def ask(sql: str) -> tuple[str, ...]:
        return tuple(one for (one,) in ledger.database.execute(sql).fetchall() if one)

    places, claims = ask("SELECT place_id FROM place"), ask("SELECT claim_id FROM claim")
    named = (*places, *ask("SELECT name FROM place"), *NAMES)
    files = ("claims.csv", "holdings.geojson", "events.jsonl", "crossings.csv", "changes.csv", "consequences.csv")
    return {
        "place_id": places, "id": places, "claim_id": claims, "claim": claims, "place": named, "party":
        (*ask("SELECT party_id FROM party"), *NAMES), "article_id": ask("SELECT article_id FROM article"),
        "country": ("AF", "IR", "af", "ZZ"), "q": WORDS, "name": (*files, *named), "event": EVENTS,
        **dict.fromkeys(("at", "known_at", "since", "until", "from", "to"), DAYS),
    }  # fmt: skip


def test_nothing_that_is_asked_makes_the_service_fail(served: Served) -> None:
    draw, failed = random.Random(7), []

    def ask(case: Any) -> None:
        for given_ in (case.path_parameters, case.query):
            for name in given_ or ():
                if name in served.real and draw.random() < REAL:
                    given_[name] = draw.choice(served.real[name])
        asked = case.as_transport_kwargs(base_url="http://testserver.local")
        body = {"json": asked["json"]} if asked.get("json") is not None else {}
        answer = served.client.request(
            asked["method"], asked["url"], params=asked.get("params"), **body,
            headers={"Authorization": f"Bearer {served.token}"},
        )  # fmt: skip
        waits = answer.status_code == 503 and "retry-after" in answer.headers
        if answer.status_code >= 500 and not waits:
            failed.append(f"{answer.status_code} {asked['method']} {answer.url}: {answer.text[:200]}")
        elif answer.status_code == 200 and "json" in answer.headers["content-type"]:
            wrong = _breaks_its_word(case, answer)
            failed.extend(f"{asked['method']} {answer.url}: {one}" for one in wrong)

    for operation in served.schema.get_all_operations():
        _tried(operation.ok(), ask)
    assert failed == [], "\n".join(failed)


def _tried(operation: Any, ask: Callable[[Any], None]) -> None:
    made = settings(
        max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck),
        phases=[Phase.explicit, Phase.generate],
    )  # fmt: skip
    seed(7)(made(given(case=operation.as_strategy())(ask)))()


def _breaks_its_word(case: Any, answer: Any) -> list[str]:
    """How an answer differs from what the schema says of it."""
    try:
        case.operation.validate_response(answer)
    except (AssertionError, Exception) as error:  # schemathesis groups failures in an exception of its own
        return [str(error)[:400]]
    return []
