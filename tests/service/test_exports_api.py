"""Exports by address: the bytes of the command line, with a name and a media type."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from lists_war import HOSTILE, make
from litestar.testing import TestClient

from marchland.cli import main
from marchland.service.app import make_app
from marchland.service.settings import Settings
from marchland.views.export import KINDS, LATER_FORMATS

CASES = [
    ("claims", "jsonl", {}), ("claims", "csv", {}), ("claims", "geojson", {}), ("claims", "plover", {}),
    ("claims", "jsonl", {"known_at": "2031-05-05"}), ("events", "csv", {"at": "2031-05-06"}),
    ("holdings", "jsonl", {}), ("holdings", "geojson", {"at": "2031-05-07", "known_at": "2031-05-08"}),
    ("crossings", "csv", {}), ("counts", "jsonl", {}), ("changes", "jsonl", {"since": "2031-05-05"}),
    ("changes", "csv", {"since": "2031-05-05", "known_at": "2031-05-09"}),
    ("consequences", "csv", {"from": "2031-05-01", "to": "2031-05-30"}),
]  # fmt: skip


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("exports") / "war.db")


@pytest.fixture(scope="module")
def api(ledger: Path) -> Iterator[TestClient]:
    with TestClient(make_app(Settings(str(ledger)))) as client:
        yield client


@pytest.mark.parametrize(("kind", "form", "asked"), CASES)
def test_the_bytes_are_those_of_the_command_line(
    api: TestClient, ledger: Path, kind: str, form: str, asked: dict[str, str], capfdbinary: pytest.CaptureFixture
) -> None:
    options = [word for name, day in asked.items() for word in (f"--{name.replace('_', '-')}", day)]
    assert main(["export", kind, "--format", form, *options, "--ledger", str(ledger)]) == 0
    wanted = capfdbinary.readouterr().out
    told = api.get(f"/api/export/{kind}.{form}", params=asked)
    assert told.status_code == 200
    assert told.content == wanted
    assert told.content or kind in ("crossings", "counts")


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in ("changes", "consequences")])
@pytest.mark.parametrize(
    ("form", "media"), [("jsonl", "application/jsonl"), ("csv", "text/csv"), ("geojson", "application/geo+json")]
)
def test_a_file_has_a_name_and_a_media_type(api: TestClient, kind: str, form: str, media: str) -> None:
    told = api.get(f"/api/export/{kind}.{form}", params={"at": "2031-05-07"})
    assert told.headers["content-type"].startswith(media)
    assert told.headers["content-disposition"] == f'attachment; filename="{kind}-at-2031-05-07.{form}"'
    assert told.headers["etag"]


@pytest.mark.parametrize("form", LATER_FORMATS)
def test_planned_formats_are_refused_by_name(api: TestClient, form: str, capfd: pytest.CaptureFixture[str]) -> None:
    told = api.get(f"/api/export/claims.{form}")
    assert told.status_code == 400
    assert main(["export", "claims", "--format", form]) != 0
    assert told.json()["detail"] in " ".join(capfd.readouterr().err.split())


@pytest.mark.parametrize(
    "asked",
    [
        "nonsense.csv", "claims.xyz", "holdings.plover", "changes.csv", "consequences.csv", "claims",
        "claims.csv?at=2031-02-31", "claims.csv?at=soon", "consequences.csv?from=2031-13-01&to=2031-05-01",
        "consequences.csv?from=2031-05-09&to=2031-05-01", "consequences.csv?from=2031-05-09",
        "claims.csv?from=2031-05-09",
        "changes.csv?since=2031-05-09&known_at=2031-05-01", "holdings.csv?at=0000-01-01",
    ],
)  # fmt: skip
def test_what_cannot_be_exported_is_said(api: TestClient, asked: str) -> None:
    told = api.get(f"/api/export/{asked}")
    assert told.status_code == 400, told.text
    assert told.json()["detail"]


@pytest.mark.parametrize("day", ["1800-01-01", "2199-12-31"])
@pytest.mark.parametrize("kind", list(KINDS))
def test_the_ends_of_the_calendar_are_days_too(api: TestClient, kind: str, day: str) -> None:
    more = {"changes": {"since": day}, "consequences": {"from": day, "to": day}}.get(kind, {"at": day})
    assert api.get(f"/api/export/{kind}.csv", params=more).status_code in (200, 400)
    assert api.get(f"/api/export/{kind}.csv", params={**more, "known_at": day}).status_code in (200, 400)


def test_what_was_left_out_of_a_map_is_counted(api: TestClient) -> None:
    assert api.get("/api/export/holdings.geojson").headers["marchland-left-out"] == "0"


def test_hostile_words_are_the_words_of_the_row(api: TestClient) -> None:
    rows = api.get("/api/export/claims.jsonl").text.splitlines()
    assert any(HOSTILE.split("&")[0] in row for row in rows)
