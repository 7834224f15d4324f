"""The description of the API with a word on each field, taken from the docstrings that stand under the fields."""

from __future__ import annotations

import ast
import inspect
import sys
import textwrap
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

from litestar import Request
from litestar.openapi.plugins import JsonRenderPlugin

_ROOT = __name__.partition(".")[0]


class DescribedJson(JsonRenderPlugin):
    """OpenAPI as JSON. What Python forgets of a class when it is loaded is read from its source, once."""

    _told: dict[str, Any] | None = None

    def render(self, request: Request[Any, Any, Any], openapi_schema: dict[str, Any]) -> bytes:
        """The description."""
        if self._told is None:
            self._told = described(openapi_schema)
        return super().render(request, self._told)


PROBLEM = {
    "type": "object",
    "title": "Problem",
    "description": "What is wrong (RFC 9457).",
    "required": ["type", "status", "title", "detail"],
    "properties": {
        "type": {"type": "string", "description": "about:blank"},
        "status": {"type": "integer", "description": "The status of the response."},
        "title": {"type": "string", "description": "The status in words."},
        "detail": {"type": "string", "description": "What is wrong, and what to do instead."},
        "errors": {
            "type": "array",
            "description": "Of a parameter or body that is none: each with its key and what was expected.",
            "items": {"type": "object"},
        },
    },
}
"""The form of every error."""


def described(schema: dict[str, Any]) -> dict[str, Any]:
    """The same with the form of errors, and with what the classes of answers and their fields say of themselves."""
    _tell_problems(schema)
    known = _classes()
    for made in schema.get("components", {}).get("schemas", {}).values():
        fields: Mapping[str, Any] = made.get("properties", {})
        for kind in known.get(str(made.get("title")), ()):
            if set(fields) <= set(_annotated(kind)):
                made.setdefault("description", inspect.getdoc(kind) or "")
                for name, words in field_words(kind).items():
                    if isinstance(fields.get(name), dict):
                        fields[name].setdefault("description", words)
                break
    return schema


def _tell_problems(schema: dict[str, Any]) -> None:
    schema.setdefault("components", {}).setdefault("schemas", {})["Problem"] = PROBLEM
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    for verbs in schema["paths"].values():
        for verb in verbs.values():
            told = verb.get("responses", {}) if isinstance(verb, dict) else {}
            for status in [one for one in told if one.startswith(("4", "5"))]:
                told[status]["content"] = content
            told["default"] = {"description": "What is wrong.", "content": content}


def field_words(kind: type) -> dict[str, str]:
    """What stands under each field of a class; its bases are not looked at."""
    try:
        (made,) = ast.parse(textwrap.dedent(inspect.getsource(kind))).body
    except (OSError, TypeError, SyntaxError):
        return {}
    assert isinstance(made, ast.ClassDef)
    return dict(_pairs(made))


def _pairs(made: ast.ClassDef) -> Iterator[tuple[str, str]]:
    for one, other in pairwise(made.body):
        match one, other:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(words))):
                yield name, inspect.cleandoc(words)


def _annotated(kind: type) -> set[str]:
    return {name.rstrip("_") for one in kind.__mro__ for name in inspect.get_annotations(one)}


def _classes() -> Mapping[str, list[type]]:
    """Classes of this package that are loaded, by name."""
    found: dict[str, list[type]] = defaultdict(list)
    for name, module in sorted(sys.modules.items()):
        if name == _ROOT or name.startswith(f"{_ROOT}."):
            for one in vars(module).values():
                if isinstance(one, type) and one.__module__ == name:
                    found[one.__name__].append(one)
    return found
