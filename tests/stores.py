"""A PostgreSQL server of the tests' own, where one is installed, and stores of both kinds to put ledgers into."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

_NUMBERS = count(1)


def _programs() -> Path | None:
    """The folder with initdb and postgres, newest version first."""
    found = shutil.which("initdb")
    own = [Path(found).resolve().parent] if found else []
    for folder in (*own, *sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)):
        if (folder / "initdb").is_file() and (folder / "postgres").is_file():
            return folder
    return None


def _other_user() -> str | None:
    """PostgreSQL does not run as root: whom it runs as instead; None where we are somebody else already."""
    if os.geteuid() != 0:
        return None
    names = {one.pw_name for one in pwd.getpwall()}
    return next(name for name in ("postgres", "nobody") if name in names)


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """Address of a database on a server on a Unix socket in a folder of its own, ordered by the words of a language."""
    pytest.importorskip("pg8000", reason="the driver of the extra marchland[postgres] is not installed")
    programs = _programs()
    if programs is None:
        pytest.skip("no PostgreSQL server is installed (Debian: postgresql)")
    folder, user = Path(tempfile.mkdtemp(prefix="marchland-pg-")), _other_user()
    if user:
        shutil.chown(folder, user)
    made = [programs / "initdb", "-D", folder / "data", "-U", "tests", "-A", "trust", "-E", "UTF8", "--no-sync",
            "--locale=C", "--locale-provider=icu", "--icu-locale=en-US"]  # fmt: skip
    subprocess.run(made, check=True, user=user, stdout=subprocess.DEVNULL, cwd=folder)
    options = [f"unix_socket_directories={folder}", "listen_addresses=", "fsync=off", "shared_buffers=16MB"]
    started = [programs / "postgres", "-D", folder / "data", *(part for one in options for part in ("-c", one))]
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(started, user=user, cwd=folder, stdout=log, stderr=log)
    try:
        _wait(programs, folder, process)
        yield f"postgresql://tests@/postgres?host={folder}"
    finally:
        process.terminate()
        process.wait()
        shutil.rmtree(folder)


def _wait(programs: Path, folder: Path, process: subprocess.Popen[bytes]) -> None:
    asked = [programs / "pg_isready", "-q", "-h", folder, "-t", "1"]
    for _ in range(600):
        if subprocess.run(asked, check=False).returncode == 0:
            return
        if process.poll() is not None:
            break
        time.sleep(0.05)
    raise RuntimeError((folder / "log").read_text())


@pytest.fixture
def address(server: str) -> str:
    """A schema of its own on the server."""
    return f"{server}&schema=test_{next(_NUMBERS)}"


@pytest.fixture(params=["sqlite", "postgresql"])
def place_for_ledger(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a new ledger may be made: a file, then a schema."""
    if request.param == "sqlite":
        return str(tmp_path / "ledger.db")
    made: str = request.getfixturevalue("address")
    return made
