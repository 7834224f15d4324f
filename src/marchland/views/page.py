"""The record as one HTML file: a map, two clocks and the evidence, with no server and no network.

Every word of a report goes into the page as data (JSON with `<`, `>` and `&` escaped) and reaches the screen as text.
A content security policy allows the page's own script and style, by their hash, and nothing else.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from collections.abc import Sequence
from importlib.resources import files

from marchland.records import ClaimRow
from marchland.views.page_data import KnownView, page_data
from marchland.views.words import clean

_SLOT = re.compile(r"\{\{(\w+)\}\}")


def page(views: Sequence[KnownView], claims: Sequence[ClaimRow], *, title: str = "Who holds what") -> str:
    """The whole page. `views` holds what was known on each day, the earliest first; raises ValueError when empty."""
    script, style = _asset("page.js"), _asset("page.css")
    slots = {
        "csp": policy(script, style),
        "title": html.escape(clean(title, limit=200)),
        "style": style,
        "script": script,
        "data": as_script_data(page_data(views, claims)),
    }
    return _SLOT.sub(lambda slot: slots[slot.group(1)], _asset("page.html"))


def as_script_data(value: object) -> str:
    """JSON that cannot end the script element it stands in, nor be read as markup."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for letter in "<>&\u2028\u2029":
        text = text.replace(letter, f"\\u{ord(letter):04x}")
    return text


def policy(script: str, style: str) -> str:
    """A content security policy that runs this script and this style and loads nothing."""
    sources = f"script-src {_hash(script)}; style-src {_hash(style)}"
    return f"default-src 'none'; {sources}; base-uri 'none'; form-action 'none'"


def _hash(content: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"


def _asset(name: str) -> str:
    return (files("marchland.views") / "assets" / name).read_text(encoding="utf-8")
