"""Who may write: tokens, scopes, the audit log, and how much anyone may ask."""

from __future__ import annotations

from typing import Any

HANDLERS: list[Any] = []
