"""What is printed: lines and tables, rich for a person at a terminal, plain for everything else."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TextIO

from marchland.views.words import clean, clean_piece

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

GAP = "  "
_FEW_WORDS = 20


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text; `style` is a rich style, dropped in plain output."""

    text: str = ""
    style: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headers. `right` names the columns of figures, `styles` the rich style of a column."""

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    title: str = ""
    right: frozenset[str] = frozenset()
    styles: tuple[tuple[str, str], ...] = ()
    footer: tuple[str, ...] = ()
    whole: frozenset[str] = frozenset()
    """Columns that are never broken over two lines, such as dates."""
    wide: str = ""
    """The column that gets the room that is left, such as quotes."""
    spare: tuple[str, ...] = ()
    """Columns to leave out, one after the other, where a terminal is too narrow for all."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A text with parts marked: in colour where there is colour, else in brackets with their names."""

    pieces: tuple[tuple[str, tuple[str, ...]], ...]
    """Text and the names of what it is; no names for plain text."""
    styles: Mapping[str, str]
    """Rich style by name; where a piece has several names, that of the first counts."""
    legend: bool = True
    """Whether a line under a text in colour says what the colours mean."""


Block = Line | Table | Marked


def is_plain(stream: TextIO, env: Mapping[str, str] | None = None) -> bool:
    """Whether to leave out colours and boxes: the stream is no terminal, or NO_COLOR is set (no-color.org)."""
    env = os.environ if env is None else env
    return bool(env.get("NO_COLOR")) or env.get("TERM") == "dumb" or not stream.isatty()


def show(blocks: Iterable[Block], stream: TextIO) -> None:
    """Write the blocks to a stream in the way that suits it."""
    if is_plain(stream):
        stream.writelines(line + "\n" for line in plain(blocks))
    else:
        _show_rich(blocks, stream)


def plain(blocks: Iterable[Block]) -> Iterator[str]:
    """The blocks as lines of bare text, columns aligned with spaces."""
    for block in blocks:
        if isinstance(block, Line):
            yield clean(block.text, limit=10_000) if block.text.strip() else ""
        elif isinstance(block, Marked):
            yield clean("".join(_bracketed(text, names) for text, names in block.pieces), limit=10_000)
        else:
            yield from _plain_table(block)


def _bracketed(text: str, names: tuple[str, ...]) -> str:
    """`[place: Goma]`; the blanks at the ends stay outside."""
    piece = clean_piece(text)
    inner = piece.strip()
    if not names or not inner:
        return piece
    lead, tail = piece[: len(piece) - len(piece.lstrip())], piece[len(piece.rstrip()) :]
    return f"{lead}[{'+'.join(names)}: {inner}]{tail}"


def _plain_table(table: Table) -> Iterator[str]:
    if table.title:
        yield clean(table.title)
    footer = [table.footer] if table.footer else []
    rows = [tuple(clean(cell) for cell in row) for row in [table.headers, *table.rows, *footer]]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = zip(table.headers, row, widths, strict=True)
        padded = [cell.rjust(width) if name in table.right else cell.ljust(width) for name, cell, width in cells]
        yield GAP.join(padded).rstrip()


def _show_rich(blocks: Iterable[Block], stream: TextIO) -> None:
    from rich.console import Console  # noqa: PLC0415  a fifth of a second that plain output need not pay

    console: Console = Console(file=stream, highlight=False, markup=False, emoji=False)
    for block in blocks:
        console.print(_rich(fitted(block, console.width) if isinstance(block, Table) else block))


def fitted(table: Table, width: int) -> Table:
    """The table without as many of its spare columns as it takes to fit the width."""
    for name in table.spare:
        if _width(table) > width:
            table = _without(table, table.headers.index(name))
    return table


def _width(table: Table) -> int:
    """Characters the table wants; what can be broken over lines wants no more than a few words."""
    columns = zip(table.headers, *table.rows, strict=True)
    longest = [max(map(len, column)) for column in columns]
    firm = table.whole | table.right
    wants = zip(table.headers, longest, strict=True)
    return sum(most if name in firm else min(most, _FEW_WORDS) for name, most in wants) + 3 * len(longest)


def _without(table: Table, index: int) -> Table:
    def cut(row: tuple[str, ...]) -> tuple[str, ...]:
        return row[:index] + row[index + 1 :]

    return replace(table, headers=cut(table.headers), rows=tuple(map(cut, table.rows)), footer=cut(table.footer))


def _coloured(block: Marked) -> Iterator[tuple[str, str]]:
    for text, names in block.pieces:
        yield clean_piece(text), block.styles.get(names[0], "") if names else ""
    if block.legend:
        yield "\n", ""
        used = {name for _, names in block.pieces for name in names}
        for name in (name for name in block.styles if name in used):
            yield name, block.styles[name]
            yield "  ", ""


def _rich(block: Block) -> RenderableType:
    from rich import box  # noqa: PLC0415
    from rich.table import Table as RichTable  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    if isinstance(block, Line):
        return Text(clean(block.text, limit=10_000), style=block.style)
    if isinstance(block, Marked):
        return Text.assemble(*_coloured(block))
    styles = dict(block.styles)
    title = Text(clean(block.title), style="bold") if block.title else None
    table = RichTable(
        box=box.SIMPLE_HEAD, title=title, title_justify="left",
        header_style="dim", show_footer=bool(block.footer), pad_edge=False, footer_style="bold",
    )  # fmt: skip
    footer = block.footer or ("",) * len(block.headers)
    for name, last in zip(block.headers, footer, strict=True):
        least = _FEW_WORDS if name == block.wide else None
        justify = "right" if name in block.right else "left"
        table.add_column(
            name, Text(clean(last)), justify=justify, style=styles.get(name, ""),  # type: ignore[arg-type]
            overflow="fold", no_wrap=name in block.whole | block.right, min_width=least,
        )  # fmt: skip
    for row in block.rows:
        table.add_row(*(Text(clean(cell)) for cell in row))
    return table
