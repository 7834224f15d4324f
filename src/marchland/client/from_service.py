"""Answers out of a service (`marchland serve`), over its API."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from marchland.client.rows import Values
from marchland.errors import Absent, MarchlandError, Misuse, StoreFailed

_PATIENCE = 60.0
"""Seconds for which an answer is waited for."""
_NAMES = {"first": "from", "last": "to"}
"""Options of the API that are called otherwise in Python."""


class OfService:
    """A `Source` over the API of a service."""

    def __init__(self, address: str) -> None:
        """Look whether a service is there. Raises StoreFailed where none answers."""
        self._address = address.rstrip("/")
        self._get("/api/about")

    def answer(self, question: str, place: str, at: str | None, known_at: str | None) -> Values:
        """As in `Source`."""
        told: Values = self._get(f"/api/{question}", place=place, at=at, known_at=known_at)
        return told

    def rows(self, kind: str, given: Mapping[str, str | None]) -> Iterator[Values]:
        """As in `Source`."""
        asked = {_NAMES.get(name, name): value for name, value in given.items()}
        for line in self._text(f"/api/export/{kind}.jsonl", asked).splitlines():
            yield json.loads(line)

    def places(self) -> Iterator[Values]:
        """As in `Source`."""
        page = self._get("/api/places", limit="500")
        yield from page["items"]
        while page["next"]:
            page = self._get(page["next"])
            yield from page["items"]

    def close(self) -> None:
        """As in `Source`: nothing is held open."""

    def _get(self, path: str, **asked: str | None) -> Any:
        return json.loads(self._text(path, asked))

    def _text(self, path: str, asked: Mapping[str, str | None]) -> str:
        query = urlencode({name: value for name, value in asked.items() if value is not None})
        url = f"{self._address}{path}" + (f"?{query}" if query else "")
        try:
            with urlopen(Request(url), timeout=_PATIENCE) as answer:
                return str(answer.read().decode("utf-8"))
        except HTTPError as error:
            raise _told(error) from None
        except (URLError, TimeoutError) as error:
            raise StoreFailed(f"no service answers at {self._address} ({error}); marchland serve starts one") from None


def _told(error: HTTPError) -> MarchlandError:
    """What the service said is wrong, as the error that the same question to a ledger raises."""
    try:
        detail = str(json.loads(error.read())["detail"])
    except (ValueError, KeyError, TypeError):
        detail = f"the service answered {error.code}"
    kinds: dict[int, type[MarchlandError]] = {404: Absent, 400: Misuse}
    return kinds.get(error.code, StoreFailed)(detail)
