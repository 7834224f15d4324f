"""Claims and articles: each claim with its sentence in its article, and how it was read."""

from __future__ import annotations

from typing import Any

HANDLERS: list[Any] = []
