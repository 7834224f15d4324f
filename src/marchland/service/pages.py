"""The pages and what they load: files of the package, each under its name and nothing else."""

from __future__ import annotations

import hashlib
import mimetypes
from functools import lru_cache
from importlib.resources import files
from typing import Any

from litestar import Request, Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

_ROUTES = ["/", "/place/{rest:path}", "/claim/{rest:path}", "/article/{rest:path}", "/crossings", "/changes", "/brief",
           "/search", "/review", "/record", "/api"]  # fmt: skip
"""Addresses of pages: all are the same file, whose script shows what the address asks for."""
_KINDS = {".js": "text/javascript", ".mjs": "text/javascript", ".css": "text/css", ".json": "application/json",
          ".html": "text/html", ".svg": "image/svg+xml", ".gz": "application/gzip", ".txt": "text/plain"}  # fmt: skip


@lru_cache(maxsize=1)
def _names() -> frozenset[str]:
    """Every file that may be had, by its path below `web`."""
    root = files("marchland.service") / "web"

    def below(entry: Any, prefix: str) -> list[str]:
        found = []
        for one in entry.iterdir():
            name = f"{prefix}{one.name}"
            found += below(one, name + "/") if one.is_dir() else [name]
        return found

    return frozenset(below(root, ""))


@lru_cache(maxsize=1024)
def _file(name: str) -> bytes:
    if name not in _names():
        raise NotFoundException(f"there is no file {name[:200]}")
    return (files("marchland.service") / "web" / name).read_bytes()


def _served(request: Request[Any, Any, Any], name: str) -> Response[bytes | None]:
    content = _file(name)
    tag = f'"{hashlib.sha256(content).hexdigest()[:24]}"'
    headers = {"ETag": tag, "Cache-Control": "no-cache"}
    if tag in request.headers.get("if-none-match", ""):
        return Response(None, status_code=304, headers=headers)
    suffix = f".{name.rpartition('.')[2]}"
    kind = _KINDS.get(suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    return Response(content, media_type=kind, headers=headers)


def shell() -> bytes:
    """The file that every page is; its script says so where an address has none."""
    return _file("index.html")


@get(_ROUTES, include_in_schema=False)
async def page(request: Request[Any, Any, Any]) -> Response[bytes | None]:
    """The page; its script shows what the address asks for."""
    return _served(request, "index.html")


@get("/static/{name:path}", sync_to_thread=True, include_in_schema=False)
def static(request: Request[Any, Any, Any], name: FromPath[str]) -> Response[bytes | None]:
    """A file that the pages load."""
    return _served(request, name.lstrip("/"))


HANDLERS: list[Any] = [page, static]
