"""Changes as they happen: who hears of what, who was away, and who is too slow."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from marchland.ledger.store import Ledger
from marchland.service import stream
from marchland.service.app import make_app
from marchland.service.settings import Settings
from marchland.service.stream import Board, tell


@pytest.fixture
def ledger(tmp_path: Path) -> str:
    file = str(tmp_path / "ledger.db")
    with Ledger.open(file) as made, made.database.transaction():
        made.touch(["x:old"])
    return file


def _on(ledger: str, do: Callable[[Litestar, Board], Awaitable[None]], **settings: Any) -> None:
    """Do something while a service listens to its ledger."""

    async def run() -> None:
        app = make_app(Settings(ledger=ledger, history=False, **settings))
        async with stream.watching(app):
            await do(app, app.state.board)
        app.state.desk.close()

    with ThreadPoolExecutor(1) as apart:  # the browser of other tests keeps a loop in this thread
        apart.submit(asyncio.run, run()).result()


def _touch(ledger: str, *places: str) -> None:
    with Ledger.open(ledger) as made, made.database.transaction():
        made.touch(places)


async def _event(lines: AsyncIterator[bytes]) -> dict[str, Any]:
    async for block in lines:
        if b"event: changed" in block:
            found: dict[str, Any] = json.loads(block.split(b"data: ", 1)[1])
            return found
    raise AssertionError("no event came")


def test_what_is_told_is_heard_with_all_places_that_it_moved(ledger: str) -> None:
    async def do(app: Litestar, board: Board) -> None:
        heard = board.listen("")
        await anext(heard)
        await asyncio.to_thread(_touch, ledger, "x:told", "x:beside")
        tell(app, places=["x:told"], by="Anna", words="accepted: a <b>claim</b>")
        event = await _event(heard)
        assert event["places"] == ["x:told", "x:beside"]
        assert (event["by"], event["words"], event["all"]) == ("Anna", "accepted: a <b>claim</b>", False)
        assert event["revision"] == app.state.desk.revision()

    _on(ledger, do)


def test_what_another_process_writes_is_heard_with_its_places(ledger: str) -> None:
    async def do(app: Litestar, board: Board) -> None:
        heard = board.listen("")
        await anext(heard)
        await asyncio.to_thread(_touch, ledger, "x:old", "x:new")
        event = await _event(heard)
        assert (event["places"], event["by"]) == (["x:new", "x:old"], "")

    _on(ledger, do)


def test_who_was_away_hears_what_was_missed_or_that_it_was_too_much(ledger: str) -> None:
    async def do(app: Litestar, board: Board) -> None:
        first = board.listen("")
        await anext(first)
        ids = []
        for number in range(3):
            tell(app, places=[f"x:{number}"])
            ids.append((await _event(first))["id"])
        again = board.listen(ids[0])
        await anext(again)
        assert [(await _event(again))["id"] for _ in range(2)] == ids[1:]
        for unknown in ("elsewhere-1", f"{ids[0].partition('-')[0]}-99", "x", "-"):
            stranger = board.listen(unknown)
            await anext(stranger)
            assert (await _event(stranger))["all"] is True

    _on(ledger, do)


def test_a_listener_that_does_not_listen_is_sent_away(ledger: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "WAITING", 2)

    async def do(app: Litestar, board: Board) -> None:
        slow, quick = board.listen(""), board.listen("")
        await anext(slow)
        await anext(quick)
        for _ in range(6):
            tell(app, places=["x:old"])
            await _event(quick)
        assert [one async for one in slow if b"event" in one] == []

    _on(ledger, do)


def test_no_more_may_listen_than_there_is_room_for(ledger: str) -> None:
    async def do(app: Litestar, board: Board) -> None:
        heard = board.listen("")
        await anext(heard)
        assert board.full
        await heard.aclose()  # type: ignore[attr-defined]
        assert not board.full
        board.close()
        assert board.full

    _on(ledger, do, listeners=1)


def test_without_room_the_api_says_when_to_come_again(ledger: str) -> None:
    app = make_app(Settings(ledger=ledger, history=False, listeners=0))
    with TestClient(app) as client:
        answer = client.get("/api/stream")
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "30")


def test_telling_a_service_that_has_not_started_does_nothing(ledger: str) -> None:
    app = make_app(Settings(ledger=ledger, history=False))
    tell(app, places=["x:old"])
    app.state.desk.close()
