"""Rows of the record as Python has them: a sequence of mappings, a frame, a table in a notebook."""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, overload

from marchland.errors import Misuse
from marchland.views.words import clean, percent

if TYPE_CHECKING:
    import pandas
    import polars

Values = Mapping[str, Any]

SHOWN = 20
"""Rows that a notebook shows of a table."""
_WIDEST = 160
"""Characters that a notebook shows of one value."""
_DAYS = frozenset({
    "published", "date_from", "date_to", "from", "from_earliest", "from_latest", "until", "last_confirmed",
    "known_from", "day", "known",
})  # fmt: skip
"""Columns that are days, ISO 8601: frames have them as dates."""
_FIRST = {
    "holdings": ("place_name", "kind", "country", "holder_name", "status", "probability", "from", "until",
                 "last_confirmed", "witnesses"),
    "claims": ("published", "publisher", "event", "stance", "actor_name", "place_name", "source_name", "sentence"),
    "events": ("date_from", "date_to", "event", "place_name", "actor_name", "opponent_name", "witnesses"),
    "crossings": ("place_name", "direction", "traffic", "state", "from", "until", "post_a_holder", "post_b_holder"),
    "places": ("place_id", "place_name", "kind", "country", "admin1"),
    "why": ("what", "log_odds", "sentence", "day", "speaker"),
}  # fmt: skip
"""Columns that a notebook shows, by kind of row; of other kinds the first ones."""
_FEW = 10
_EXTRA = 'frames need the extra "frames": pip install "marchland[frames]"'


class Rows(Sequence[Values]):
    """Rows of one kind, in the columns of its export: a sequence of mappings, a frame, or a table in a notebook."""

    def __init__(self, kind: str, rows: Iterable[Values]) -> None:
        self.kind = kind
        self._rows = tuple(rows)

    @overload
    def __getitem__(self, index: int) -> Values: ...

    @overload
    def __getitem__(self, index: slice) -> Rows: ...

    def __getitem__(self, index: int | slice) -> Values | Rows:
        return Rows(self.kind, self._rows[index]) if isinstance(index, slice) else self._rows[index]

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[Values]:
        return iter(self._rows)

    def __repr__(self) -> str:
        return f"<{len(self)} {self.kind}>"

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns, in order; none where there are no rows."""
        return tuple(self._rows[0]) if self._rows else ()

    def where(self, **wanted: object) -> Rows:
        """The rows whose columns have these values: `rows.where(country="AF", status="held")`. Raises Misuse."""
        strange = [name for name in wanted if self._rows and name not in self.columns]
        if strange:
            raise Misuse(f"{self.kind} have no column {strange[0]}; they have {', '.join(self.columns)}")
        return Rows(self.kind, (row for row in self if all(row[name] == value for name, value in wanted.items())))

    def pandas(self) -> pandas.DataFrame:
        """The rows as a pandas frame, days as dates. Raises Misuse where pandas is not installed."""
        try:
            import pandas  # noqa: PLC0415  an extra
        except ImportError:
            raise Misuse(_EXTRA) from None
        frame = pandas.DataFrame([dict(row) for row in self], columns=list(self.columns) or None)
        for name in _DAYS & set(self.columns):
            frame[name] = pandas.to_datetime(frame[name], errors="coerce")
        return frame

    def polars(self) -> polars.DataFrame:
        """The rows as a polars frame, days as dates. Raises Misuse where polars is not installed."""
        try:
            import polars  # noqa: PLC0415  an extra
        except ImportError:
            raise Misuse(_EXTRA) from None
        frame = polars.DataFrame([dict(row) for row in self], infer_schema_length=None)
        days = [name for name in frame.columns if name in _DAYS and frame.schema[name] == polars.String]
        return frame.with_columns(polars.col(name).str.to_date(strict=False) for name in days)

    def _repr_html_(self) -> str:
        names = [name for name in _FIRST.get(self.kind, self.columns[:_FEW]) if name in self.columns]
        more = len(self) - SHOWN
        note = f"<p>and {more} more</p>" if more > 0 else ""
        return table(names, ([row[name] for name in names] for row in self[:SHOWN])) + note


def table(names: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """An HTML table, every word escaped."""
    head = "".join(f"<th>{escaped(name.replace('_', ' '))}</th>" for name in names)
    lines = ("".join(f"<td>{_cell(name, value)}</td>" for name, value in zip(names, row, strict=True)) for row in rows)
    body = "".join(f"<tr>{line}</tr>" for line in lines)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _cell(name: str, value: object) -> str:
    if value is None:
        return ""
    if name == "probability" and isinstance(value, float):
        return percent(value)
    if isinstance(value, float):
        return f"{value:.2f}"
    if isinstance(value, (list, tuple)):
        return escaped(", ".join(map(str, value)))
    return escaped(value)


def escaped(value: object) -> str:
    """A stranger's words as HTML text, on one line, cut where they are long."""
    return html.escape(clean(value, limit=_WIDEST))
