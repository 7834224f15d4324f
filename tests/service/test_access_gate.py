"""Who is let in, and how much: tokens, the audit log, foreign sites, sizes and rates."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from litestar import Request, post
from litestar.testing import TestClient

from marchland.errors import Misuse
from marchland.ledger.audit import attempts
from marchland.ledger.store import Ledger
from marchland.ledger.tokens import add, holder, revoke, tokens
from marchland.service.access import writer_of
from marchland.service.app import make_app
from marchland.service.gate import named_well, of_this_site
from marchland.service.rates import Rates
from marchland.service.settings import Settings

NOW = dt.datetime(2031, 5, 1, 12, tzinfo=dt.UTC)


@pytest.fixture
def ledger(tmp_path: Path):
    with Ledger.open(tmp_path / "ledger.db") as made:
        yield made


@pytest.fixture
def client(ledger: Ledger, tmp_path: Path):
    with TestClient(_app(tmp_path)) as made:
        yield made


def _app(folder: Path, **settings: object):
    app = make_app(Settings(ledger=str(folder / "ledger.db"), history=False, **settings))

    @post("/api/said", sync_to_thread=True)
    def said(request: Request) -> dict[str, str]:
        return {"by": writer_of(request)}

    @post("/api/body")
    async def body(request: Request) -> dict[str, int]:
        return {"length": len(await request.body())}

    app.register(said)
    app.register(body)
    return app


def _bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


# --------------------------------------------------------------------------------------------------------------- tokens


def test_a_token_opens_for_the_one_it_was_made_for(ledger: Ledger) -> None:
    made = add(ledger.database, " Anna  Berg ", ["review"], now=NOW)
    found = holder(ledger.database, made.token, now=NOW)
    assert found is not None
    assert (found.name, found.scopes, found.may("review"), found.may("admin")) == (
        "Anna Berg",
        ("review",),
        True,
        False,
    )


@pytest.mark.parametrize("spoilt", ["", "marchland", "marchland_", "x", "marchland_\0_x", "märchland_1_2", "\ud800"])
def test_what_is_no_token_opens_nothing(ledger: Ledger, spoilt: str) -> None:
    add(ledger.database, "Anna", ["review"])
    assert holder(ledger.database, spoilt) is None


def test_a_changed_letter_opens_nothing(ledger: Ledger) -> None:
    token = add(ledger.database, "Anna", ["review"]).token
    assert holder(ledger.database, token[:-1] + ("A" if token[-1] != "A" else "B")) is None
    assert holder(ledger.database, token.upper()) is None


def test_a_token_ends_on_its_day(ledger: Ledger) -> None:
    token = add(ledger.database, "Anna", ["review"], days=2, now=NOW).token
    assert holder(ledger.database, token, now=NOW + dt.timedelta(days=2, seconds=-1)) is not None
    assert holder(ledger.database, token, now=NOW + dt.timedelta(days=2)) is None


def test_the_token_itself_is_nowhere_in_the_ledger(ledger: Ledger, tmp_path: Path) -> None:
    token = add(ledger.database, "Anna", ["review"]).token
    secret = token.rpartition("_")[2].encode()[:20] if token.count("_") == 2 else token.split("_", 2)[2].encode()[:20]
    ledger.close()
    assert all(secret not in file.read_bytes() for file in tmp_path.iterdir())


@pytest.mark.parametrize(("name", "scopes", "days"), [
    ("", ["review"], None), ("a" * 81, ["review"], None), ("a\u202eb", ["review"], None), ("Anna", ["write"], None),
    ("Anna", [], None), ("Anna", ["review"], 0), ("Anna", ["review"], 10**9),
])  # fmt: skip
def test_a_token_for_nobody_or_nothing_is_not_made(
    ledger: Ledger, name: str, scopes: list[str], days: int | None
) -> None:
    with pytest.raises(Misuse):
        add(ledger.database, name, scopes, days=days)
    assert tokens(ledger.database) == []


# -------------------------------------------------------------------------------------------------------- over the wire


def test_writing_needs_a_token(client: TestClient) -> None:
    answer = client.post("/api/said")
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Bearer")
    assert answer.headers["content-type"] == "application/problem+json"


def test_what_is_written_bears_the_name_of_the_token(client: TestClient, ledger: Ledger) -> None:
    token = add(ledger.database, "Anna", ["review"]).token
    assert client.post("/api/said", headers=_bearer(token)).json() == {"by": "Anna"}
    assert client.get("/api/me", headers=_bearer(token)).json() == {
        "name": "Anna",
        "scopes": ["review"],
        "expires": None,
    }


def test_a_revoked_token_is_refused_at_once(client: TestClient, ledger: Ledger) -> None:
    made = add(ledger.database, "Anna", ["review"])
    assert client.post("/api/said", headers=_bearer(made.token)).status_code == 201
    revoke(ledger.database, made.kept.token_id)
    answer = client.post("/api/said", headers=_bearer(made.token))
    assert (answer.status_code, 'error="invalid_token"' in answer.headers["www-authenticate"]) == (401, True)
    assert client.get("/api/me", headers=_bearer(made.token)).status_code == 401


def test_every_write_and_refusal_is_in_the_audit_log_for_admins(client: TestClient, ledger: Ledger) -> None:
    anna, chief = (
        add(ledger.database, name, [scope]).token for name, scope in (("Anna", "review"), ("Chief", "admin"))
    )
    client.post("/api/said", headers=_bearer(anna))
    client.post("/api/said")
    client.post("/api/said", headers={**_bearer(anna), "Origin": "https://elsewhere.example"})
    assert client.get("/api/audit", headers=_bearer(anna)).status_code == 403
    answer = client.get("/api/audit", params={"limit": 3}, headers=_bearer(chief)).json()
    told = [(one["name"], one["method"], one["path"], one["status"]) for one in answer["items"]]
    assert told == [("Anna", "GET", "/api/audit", 403), ("", "POST", "/api/said", 403), ("", "POST", "/api/said", 401)]
    assert (answer["total"], answer["next"]) == (4, "/api/audit?limit=3&offset=3")
    assert attempts(ledger.database, limit=1, offset=3)[0].name == "Anna"
    assert next(one for one in tokens(ledger.database) if one.name == "Anna").last_used


def test_the_audit_log_is_only_added_to(client: TestClient, ledger: Ledger) -> None:
    client.post("/api/said")
    for deed in ("UPDATE audit SET status = 200", "DELETE FROM audit", "DELETE FROM token"):
        add(ledger.database, "Anna", ["review"])
        with pytest.raises(Exception, match="never"):
            ledger.database.execute(deed)


def test_a_flood_of_refusals_does_not_fill_the_disk(client: TestClient, ledger: Ledger) -> None:
    for _ in range(50):
        client.post("/api/said")
    found = attempts(ledger.database, limit=100)
    assert 30 <= len(found) < 45
    assert "not written down" in " ".join(one.deed for one in found)


# ------------------------------------------------------------------------------------------------------- other sites


@pytest.mark.parametrize(("host", "server", "names", "good"), [
    ("127.0.0.1", "127.0.0.1", (), True), ("localhost", "127.0.0.1", (), True), ("::1", "::1", (), True),
    ("evil.example", "127.0.0.1", (), False), ("", "127.0.0.1", (), False), ("192.0.2.1", "127.0.0.1", (), False),
    ("record.example", "127.0.0.1", ("record.example",), True), ("evil.example", "127.0.0.2", ("a.example",), False),
    ("any.example", "192.0.2.7", (), True), ("192.0.2.7", "192.0.2.7", ("a.example",), True),
    ("evil.example", "192.0.2.7", ("a.example",), False), ("localhost", "::ffff:127.0.0.1", (), True),
])  # fmt: skip
def test_only_the_names_of_this_service_are_answered(
    host: str, server: str, names: tuple[str, ...], good: bool
) -> None:
    assert named_well(host, (server, 8321), names) is good


@pytest.mark.parametrize(("headers", "good"), [
    ({}, True), ({"origin": "http://here:1"}, True), ({"origin": "http://here:2"}, False), ({"origin": "null"}, False),
    ({"origin": "https://evil.example"}, False), ({"sec-fetch-site": "cross-site"}, False), ({"origin": ""}, False),
    ({"sec-fetch-site": "same-site"}, False), ({"sec-fetch-site": "same-origin", "origin": "http://here:1"}, True),
])  # fmt: skip
def test_pages_of_other_sites_may_not_write(headers: dict[str, str], good: bool) -> None:
    assert of_this_site({"host": "here:1", **headers}) is good


@pytest.mark.parametrize("path", ["/", "/api/about", "/static/app.css", "/api/schema/openapi.json", "/api/stream"])
def test_a_foreign_name_is_answered_nothing(ledger: Ledger, tmp_path: Path, path: str) -> None:
    with TestClient(_app(tmp_path), base_url="http://127.0.0.1:8321") as client:
        assert client.get(path, headers={"Host": "evil.example"}).status_code == 421
        assert client.get("/api/me").status_code == 200


@pytest.mark.parametrize(
    "path", ["/", "/nowhere", "/api/about", "/api/me", "/api/nothing", "/static/app.css", "/static/x"]
)
def test_every_answer_says_what_a_page_may_load(client: TestClient, path: str) -> None:
    policy = client.get(path).headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize("path", [
    "/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py", "/static//etc/passwd", "/static/%2fetc/passwd",
    "/static/x/../../app.py", "/static/..\\a.py", "/static/%00", "/static/js", "/static/", "/static/index.html%00.js",
])  # fmt: skip
def test_nothing_but_the_files_of_the_pages_is_served(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code in (400, 404)
    assert "import" not in answer.text


# ------------------------------------------------------------------------------------------------------ sizes and rates


def test_long_addresses_and_bodies_are_refused(client: TestClient) -> None:
    assert client.get("/api/about", params={"x": "y" * 5000}).status_code == 414
    assert client.get("/api/" + "y" * 3000).status_code == 414
    assert client.post("/api/body", content=b"x" * 65_536).json() == {"length": 65_536}
    assert client.post("/api/body", content=b"x" * 65_537).status_code == 413
    assert client.post("/api/body", content=(b"x" * 1000 for _ in range(70))).status_code == 413


def test_who_asks_too_often_is_told_when_to_come_again(ledger: Ledger, tmp_path: Path) -> None:
    with TestClient(_app(tmp_path, rate_here=10)) as client:
        answers = [client.get("/api/me") for _ in range(7)]
        assert [one.status_code for one in answers] == [200] * 5 + [429] * 2
        assert 1 <= int(answers[-1].headers["retry-after"]) <= 7
        assert client.get("/static/app.css").status_code == 200


def test_a_bucket_fills_up_as_time_goes_by() -> None:
    now = [0.0]
    rates = Rates(lambda: now[0])
    assert [rates.wait("a", 60) for _ in range(30)] == [0.0] * 30
    assert rates.wait("a", 60) == pytest.approx(1.0)
    assert rates.wait("b", 60) == 0.0
    now[0] = 2.0
    assert [rates.wait("a", 60) == 0 for _ in range(3)] == [True, True, False]
    now[0] = 1000.0
    assert [rates.wait("a", 60) == 0 for _ in range(31)] == [True] * 30 + [False]


def test_addresses_that_came_long_ago_are_forgotten() -> None:
    rates = Rates()
    for number in range(20_000):
        rates.wait(str(number), 60)
    assert len(rates._kept) == 10_000
