"""`marchland serve` as a process: what it says, how it stops, and that a kill loses nothing that it acknowledged.

And the commands that say who may write.
"""

from __future__ import annotations

import json
import shutil
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx
import pytest

from marchland.cli import main
from marchland.ledger.audit import attempts
from marchland.ledger.check import check
from marchland.ledger.store import Ledger
from marchland.ledger.tokens import add
from marchland.service import server
from marchland.service.app import make_app
from marchland.service.settings import Settings

PATIENCE = 60
"""Seconds for what takes one: a busy machine must not make a test fail."""
ACKNOWLEDGED = 15
"""Reviews after which the service is killed, in the middle of others."""


@pytest.fixture
def ledger(demo: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(demo / "ledger.db", tmp_path / "ledger.db"))


@contextmanager
def running(ledger: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A service in a process of its own, and its address as it says it."""
    command = [sys.executable, "-m", "marchland", "serve", "--ledger", str(ledger), "--port", "0"]
    made = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        assert made.stdout is not None
        yield made, made.stdout.readline().strip()
    finally:
        if made.poll() is None:
            made.kill()
        made.communicate()


def _client(address: str, token: str = "") -> httpx.Client:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    transport = httpx.HTTPTransport(retries=20)
    return httpx.Client(base_url=address, headers=headers, timeout=PATIENCE, transport=transport)


# --------------------------------------------------------------------------------------------------------- the process


def test_killed_in_the_middle_of_reviews_it_has_lost_none_that_it_acknowledged(ledger: Path) -> None:
    with Ledger.open(ledger) as record:
        tokens = [add(record.database, f"Reviewer {number}", ["review"]).token for number in range(4)]
        claims = [one for (one,) in record.database.execute("SELECT claim_id FROM claim ORDER BY claim_id")]
    acknowledged: list[str] = []
    enough = threading.Event()
    with running(ledger) as (process, address):

        def review(number: int) -> None:
            with _client(address, tokens[number]) as client, suppress(httpx.TransportError):
                for claim in claims[number :: len(tokens)]:
                    told = {"verb": "accept", "claims": [claim], "because": f"read it, {number}"}
                    answer = client.post("/api/reviews", json=told)
                    assert answer.status_code in (200, 201), answer.text
                    acknowledged.append(answer.json()["review"]["review_id"])
                    if len(acknowledged) >= ACKNOWLEDGED:
                        enough.set()

        with ThreadPoolExecutor(len(tokens)) as pool:
            done = [pool.submit(review, number) for number in range(len(tokens))]
            assert enough.wait(PATIENCE)
            process.kill()
        assert [one.exception() for one in done] == [None] * len(done)
    with Ledger.open(ledger) as record:
        kept = {one.review_id for one in record.door.reviews()}
        assert set(acknowledged) <= kept
        assert len(attempts(record.database, limit=1000)) >= len(acknowledged)
        assert check(record).faults == []


def test_open_pages_hear_of_other_processes_and_do_not_keep_it_from_stopping(ledger: Path) -> None:
    with running(ledger) as (process, address), _client(address) as client, client.stream("GET", "/api/stream") as told:
        lines = told.iter_lines()
        assert told.headers["content-type"].startswith("text/event-stream")
        assert next(lines).startswith("retry:")
        with Ledger.open(ledger) as other, other.database.transaction():
            other.touch(["x:westerby"])
        data = next(json.loads(line[6:]) for line in lines if line.startswith("data: "))
        assert (data["places"], data["by"]) == (["x:westerby"], "")
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == 0
        with suppress(httpx.TransportError):
            assert [line for line in lines if line.startswith("event:")] == []


def test_strangers_names_and_greedy_heads_are_refused_at_the_socket(ledger: Path) -> None:
    with running(ledger) as (_, address), _client(address) as client:
        assert client.get("/api/me", headers={"Host": "evil.example"}).status_code == 421
        assert client.get("/api/me", headers={"Host": "localhost:9"}).status_code == 200
        assert client.post("/api/reviews", json={}, headers={"Origin": "http://evil.example"}).status_code == 403
        assert client.get("/api/me", headers={"X-Long": "y" * 20_000}).status_code == 431
        with suppress(httpx.TransportError):  # some of it may still be on its way when the connection ends
            assert client.get("/api/me", headers={"X-Long": "y" * 900_000}).status_code in (400, 431)
        assert client.get("/api/me").json() == {"name": None, "scopes": [], "expires": None}


def test_a_port_that_is_taken_is_told(ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert main(["serve", "--ledger", str(ledger), "--port", str(port)]) == 2
    assert f"port {port}: Address already in use; name another with --port" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["--port", "70000"], ["--host", "192.0.2.1"], ["--ledger", "/nowhere.db"]])
def test_what_cannot_be_served_is_told(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    given = arguments if "--port" in arguments else [*arguments, "--port", "0"]
    assert main(["serve", *given]) == 2
    assert capsys.readouterr().err.startswith("marchland: ")


# -------------------------------------------------------------------------------------------------------- the commands


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    file = tmp_path / "own.db"
    Ledger.open(file).close()

    def ran(*arguments: str) -> tuple[int, str, str]:
        code = main(["token", *arguments, "--ledger", str(file)])
        told = capsys.readouterr()
        return code, told.out, told.err

    return ran


def test_a_token_is_shown_once(run: Callable[..., tuple[int, str, str]]) -> None:
    code, token, words = run("add", "Anna Berg", "--scope", "review", "--days", "30")
    assert (code, token.count("\n"), token.startswith("marchland_")) == (0, 1, True)
    assert "Anna Berg" in words
    _, listed, _ = run("list")
    assert token.split("_")[1] in listed
    assert token.strip() not in listed
    assert token.strip().split("_", 2)[2] not in listed


def test_a_token_is_taken_back_by_the_beginning_of_its_id(run: Callable[..., tuple[int, str, str]]) -> None:
    _, token, _ = run("add", "Anna")
    token_id = token.split("_")[1]
    assert run("revoke", token_id[:5])[0] == 0
    assert "revoked" in run("list")[1]
    assert run("revoke", "zz")[0] == 2
    assert run("add", "Anna", "--scope", "all")[0] == 2


def test_tokens_go_into_a_backup_and_not_into_a_merge(run: Callable[..., tuple[int, str, str]], tmp_path: Path) -> None:
    run("add", "Anna")
    own, copy, other = (str(tmp_path / name) for name in ("own.db", "copy.db", "other.db"))
    assert main(["ledger", "backup", copy, "--ledger", own]) == 0
    Ledger.open(other).close()
    assert main(["ledger", "merge", own, "--ledger", other]) == 0
    counted = []
    for file in (copy, other):
        with Ledger.open(file) as record:
            counted.append(record.database.execute("SELECT count(*) FROM token").fetchone()[0])
    assert counted == [1, 0]


# --------------------------------------------------------------------------------------------------------- slow clients


def test_a_head_that_never_ends_is_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "SLOWEST_HEAD", 0.3)
    Ledger.open(tmp_path / "ledger.db").close()
    settings = Settings(ledger=str(tmp_path / "ledger.db"), port=0, history=False)
    made, sock = server.Server(make_app(settings)), server.listening(settings)
    thread = threading.Thread(target=made.run, kwargs={"sockets": [sock]})
    address = sock.getsockname()
    thread.start()
    try:
        for first in (b"", b"GET /api/me HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"):
            with socket.create_connection(address, timeout=PATIENCE) as slow:
                slow.sendall(first)
                got = slow.recv(65_536) if first else b"HTTP/1.1 200"
                assert got.startswith(b"HTTP/1.1 200")
                slow.sendall(b"GET /api/me HTTP/1.1\r\nHost:")
                while slow.recv(65_536):
                    pass
    finally:
        made.should_exit = True
        thread.join(PATIENCE)
