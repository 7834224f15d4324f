"""A brief as lines and tables for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from marchland.views.briefing import Block, Briefing, Entry, Grid, Heading, Points, Quote, Sources, Text
from marchland.views.paper import Block as Printed
from marchland.views.paper import Line, Table
from marchland.views.words import day, quoted


def blocks(brief: Briefing) -> Iterator[Printed]:
    """The whole brief."""
    yield Line(brief.title, "bold")
    yield from (Line(one, "dim") for one in brief.clocks)
    yield Line()
    yield from (Line(f"- {one}") for one in brief.summary)
    for block in brief.blocks:
        yield from _printed(block)


def _printed(one: Block) -> Iterator[Printed]:
    if isinstance(one, Heading):
        yield Line()
        yield Line(one.text, "bold" if one.level < 4 else "cyan")
    elif isinstance(one, Text):
        yield Line(one.text)
    elif isinstance(one, Points):
        yield from (Line(f"- {item}") for item in one.items)
    elif isinstance(one, Entry):
        tags = f" ({'; '.join(one.tags)})" if one.tags else ""
        yield Line(f"- {one.place}: {one.text}{tags}")
        yield from (Line(f"| {_quote(item)}", "dim") for item in one.quotes)
    elif isinstance(one, Grid):
        yield Table(one.headers, one.rows, one.title, wide=one.headers[-1])
    elif isinstance(one, Sources):
        for item in one.items:
            told = (item.outlet, day(item.day, none="no day"), item.url or "address not known")
            yield Line(f"[{item.number}] {', '.join(told)}; {', '.join(item.claims)}")


def _quote(one: Quote) -> str:
    if one.claim_id is None:
        return one.sentence
    told = ", ".join(part for part in (one.role, one.who, day(one.day, none="no day"), one.weight) if part)
    return f"{quoted(one.sentence)} {told}" + (f" [{one.source}]" if one.source else "")
