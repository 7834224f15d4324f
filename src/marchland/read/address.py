"""Addresses of pages: what is kept of them, and when two are one page."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from courlan import normalize_url

MAX_ADDRESS = 2_000
"""Characters; longer ones are no addresses that a person could follow."""
_AMP_HOST = re.compile(r"^(?:amp|m|mobile)\.(?=[^.]+\.[^.]+)")
_AMP_PATH = re.compile(r"(?:/amp|\.amp)/?$|\.amp(?=\.html?$)|^/amp(?=/)")
_CACHE = re.compile(r"^https?://(?:www\.)?google\.[a-z.]+/amp/(?P<s>s/)?", re.IGNORECASE)
_COPY_KEYS = frozenset(
    {"amp", "outputtype", "output", "print", "printable", "m", "mobile", "view", "s", "cmp", "ref", "src"}
)
_COPY_VALUES = frozenset({"", "1", "amp", "true", "print", "yes", "mobile"})
"""A query such as "?outputType=amp" or "?print=1" asks for the same story in another dress."""


def address_of(url: str | None, base: str | None = None) -> str | None:
    """A web address without name and password, made absolute; None for anything else (a script, a file, a mailbox)."""
    if not url or len(url) > MAX_ADDRESS:
        return None
    try:
        parts = urlsplit(urljoin(base, url.strip()) if base else url.strip())
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host:
        return None
    place = f"[{host}]" if ":" in host else host
    return urlunsplit((parts.scheme, f"{place}:{port}" if port else place, parts.path, parts.query, parts.fragment))


def canonical_of(url: str | None, stated: str | None = None) -> str | None:
    """The address under which all copies of one page agree: no tracking, session, AMP, print or mobile parts.

    `stated` is the page's own canonical link; it is believed where it lies on the same site and is not its front page.
    """
    own, said = address_of(url), address_of(stated, url)
    chosen = said if said and _believed(own, said) else own
    return _normal(chosen) if chosen else None


def _believed(own: str | None, said: str) -> bool:
    return urlsplit(said).path not in ("", "/") and (own is None or _site(own) == _site(said) or "/amp/" in own)


def _normal(address: str) -> str:
    address = _CACHE.sub(lambda match: "https://" if match["s"] else "http://", address)
    parts = urlsplit(normalize_url(address))
    host = _AMP_HOST.sub("", parts.netloc.lower()).removeprefix("www.")
    path = _AMP_PATH.sub("", parts.path, count=1)
    query = [
        (key, value)
        for key, value in parse_qsl(parts.query, keep_blank_values=True)
        if key and not (key.lower() in _COPY_KEYS and value.lower() in _COPY_VALUES)
    ]
    return urlunsplit(("https", host, path.rstrip("/") or "/", urlencode(query), ""))


def _site(address: str) -> str:
    """The last two labels of the host: enough to tell an own address from a stranger's."""
    return ".".join((urlsplit(address).hostname or "").split(".")[-2:])
