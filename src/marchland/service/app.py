"""The service as one ASGI application."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from litestar import Litestar
from litestar.openapi import OpenAPIConfig

from marchland import __version__
from marchland.service import (
    about,
    access,
    articles,
    asking,
    changes,
    evidence,
    exports,
    lists,
    mapping,
    pages,
    review,
    search,
    stream,
)
from marchland.service.described import DescribedJson
from marchland.service.desk import Desk
from marchland.service.gate import gated
from marchland.service.headers import Headers, before, parameters
from marchland.service.problems import HANDLERS
from marchland.service.settings import Settings

_PARTS = (about, asking, mapping, evidence, articles, lists, search, changes, review, exports, access, stream, pages)
_ABOUT = (
    "Who holds what, since when, according to whom. Every answer takes two days: `at`, what held then, and `known_at`, "
    "using only what was known by then. Lists come page by page; `next` is the address of the page that follows. "
    "Errors are problem details (RFC 9457). Reading needs no token; writing needs one (marchland token add)."
)


def make_app(settings: Settings) -> Litestar:
    """The application that serves one ledger. Raises as `Ledger.open` does where it cannot be opened."""
    desk = Desk(settings.ledger, readers=settings.readers)

    @asynccontextmanager
    async def lifespan(app: Litestar) -> AsyncIterator[None]:
        try:
            yield
        finally:
            desk.close()

    made = Litestar(
        route_handlers=[handler for part in _PARTS for handler in part.HANDLERS],
        lifespan=[lifespan, *(part.LIFESPAN for part in _PARTS if hasattr(part, "LIFESPAN"))],
        middleware=[Headers(), *(one for part in _PARTS for one in getattr(part, "MIDDLEWARE", ()))],
        before_request=before,
        exception_handlers=HANDLERS,
        request_max_body_size=settings.most_body,
        openapi_config=OpenAPIConfig(
            title="Marchland", version=__version__, description=_ABOUT, path="/api/schema",
            use_handler_docstrings=True, components=access.COMPONENTS,
            render_plugins=[DescribedJson(path="/openapi.json")],
        ),
        debug=False,
    )  # fmt: skip
    made.state.desk, made.state.settings, made.state.parameters = desk, settings, parameters(made)
    made.asgi_handler = gated(made, settings)
    return made
