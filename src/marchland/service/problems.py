"""What went wrong, as problem details (RFC 9457): a status, a title, and a word about what to do."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import Any

from litestar import MediaType, Request, Response
from litestar.exceptions import HTTPException, ValidationException

from marchland.errors import Absent, MarchlandError, Misuse, StoreFailed
from marchland.service.pages import shell
from marchland.views.words import clean

_LOG = logging.getLogger("marchland.service")
_KIND = "application/problem+json"


def problem(status: int, detail: str, **more: object) -> Response[dict[str, Any]]:
    """The response that says what is wrong."""
    told = {
        "type": "about:blank",
        "status": status,
        "title": HTTPStatus(status).phrase,
        "detail": clean(detail),
        **more,
    }
    return Response(told, status_code=status, media_type=_KIND)


def of_marchland(request: Request[Any, Any, Any], error: MarchlandError) -> Response[dict[str, Any]]:
    """Errors that Marchland raises on purpose."""
    if isinstance(error, Absent):
        return problem(404, str(error))
    if isinstance(error, Misuse):
        return problem(400, str(error))
    if isinstance(error, StoreFailed):
        return problem(503, str(error))
    _LOG.error("%s: %s", clean(request.url.path, limit=200), error)
    return problem(500, str(error))


def of_http(request: Request[Any, Any, Any], error: HTTPException) -> Response[Any]:
    """Errors of the web's own: no such address, a parameter that is no day, a body that is too long."""
    if error.status_code == 404 and _is_page(request):
        return Response(shell(), status_code=404, media_type="text/html")
    found = error.extra if isinstance(error, ValidationException) and isinstance(error.extra, list) else []
    told = [{key: clean(one[key], limit=300) for key in ("key", "message") if key in one} for one in found]
    made = problem(error.status_code, error.detail or "", **({"errors": told} if told else {}))
    made.headers.update(error.headers or {})
    return made


def _is_page(request: Request[Any, Any, Any]) -> bool:
    """Whether a browser asks for a page, not a program for an answer."""
    path = request.url.path
    return "text/html" in request.headers.get("accept", "") and not path.startswith(("/api/", "/static/"))


def of_anything(request: Request[Any, Any, Any], error: Exception) -> Response[dict[str, Any]]:
    """What nobody expected: it is logged, and nothing of it is shown."""
    _LOG.exception("%s", clean(request.url.path, limit=200), exc_info=error)
    return problem(500, "something failed in Marchland; its log says more")


HANDLERS: Any = {
    MarchlandError: of_marchland,
    HTTPException: of_http,
    Exception: of_anything,
}
__all__ = ["HANDLERS", "MediaType", "problem"]
