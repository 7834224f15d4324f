"""A brief as a DOCX file. Words of reports are text and nothing else: no fields, no links, no control characters.

The file has the same bytes for the same brief: its days are those of the period, not of the moment of writing.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from typing import Any

import docx
from docx.enum.text import WD_COLOR_INDEX
from docx.shared import Cm, Pt

from marchland.views.briefing import Block, Briefing, Entry, Grid, Heading, Points, Quote, Sources, Text
from marchland.views.words import clean, day, quoted

KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_STAMP = (1980, 1, 1, 0, 0, 0)
"""The time of every part of the file: the first that a zip can tell."""
_NO_LETTERS = re.compile("[\ufffe\uffff\ufdd0-\ufdef]")
"""What XML does not allow beside the control characters."""
_NARROW = 8


def plain(text: str) -> str:
    """Text that XML can hold."""
    return _NO_LETTERS.sub("", clean(text, limit=4000))


def docx_bytes(brief: Briefing) -> bytes:
    """The whole brief; same brief, same bytes."""
    paper = docx.Document()
    _set_up(paper, brief)
    paper.add_heading(plain(brief.title), level=0)
    for one in brief.clocks:
        paper.add_paragraph(plain(one)).runs[0].italic = True
    paper.add_heading("In short", level=1)
    for one in brief.summary:
        paper.add_paragraph(plain(one), style="List Bullet")
    for block in brief.blocks:
        _put(paper, block)
    return _timeless(paper)


def _set_up(paper: Any, brief: Briefing) -> None:
    """A4, one typeface, and what the file says of itself."""
    section = paper.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    section.top_margin = section.bottom_margin = Cm(2.0)
    paper.styles["Normal"].font.size = Pt(10.5)
    about, stamp = paper.core_properties, dt.datetime.fromisoformat(brief.last)
    about.title, about.author, about.last_modified_by = plain(brief.title), "Marchland", "Marchland"
    about.created = about.modified = about.last_printed = stamp
    about.comments, about.revision = "", 1


def _put(paper: Any, one: Block) -> None:
    if isinstance(one, Heading):
        paper.add_heading(plain(one.text), level=one.level - 1)
    elif isinstance(one, Text):
        paper.add_paragraph(plain(one.text))
    elif isinstance(one, Points):
        for item in one.items:
            paper.add_paragraph(plain(item), style="List Bullet")
    elif isinstance(one, Entry):
        _entry(paper, one)
    elif isinstance(one, Grid):
        _grid(paper, one)
    elif isinstance(one, Sources):
        _sources(paper, one)


def _entry(paper: Any, one: Entry) -> None:
    line = paper.add_paragraph()
    line.paragraph_format.keep_with_next = True
    line.add_run(plain(one.place)).bold = True
    line.add_run(f": {plain(one.text)}")
    if one.tags:
        line.add_run(f" ({plain('; '.join(one.tags))})").italic = True
    for item in one.quotes:
        _quote(paper, item)


def _quote(paper: Any, one: Quote) -> None:
    line = paper.add_paragraph(style="Quote")
    line.paragraph_format.left_indent, line.paragraph_format.keep_together = Cm(0.8), True
    if one.claim_id is None:
        line.add_run(plain(one.sentence))
        return
    line.add_run(plain(quoted(one.sentence)))
    told = ", ".join(plain(part) for part in (one.role, one.who, day(one.day, none="no day"), one.weight) if part)
    source = f" [{one.source}]" if one.source else ""
    last = line.add_run(f" {told}{source}")
    last.italic, last.font.size = False, Pt(9)
    if one.role in ("denies it", "speaks against it", "denial"):
        last.font.highlight_color = WD_COLOR_INDEX.GRAY_25


def _grid(paper: Any, one: Grid) -> None:
    if not one.rows:
        return
    if one.title:
        title = paper.add_paragraph(plain(one.title))
        title.runs[0].bold, title.paragraph_format.keep_with_next = True, True
    table = paper.add_table(rows=1, cols=len(one.headers), style="Table Grid")
    for cells, row in ((table.rows[0].cells, one.headers), *((table.add_row().cells, row) for row in one.rows)):
        for cell, text in zip(cells, row, strict=True):
            cell.text = plain(text)
            for run in cell.paragraphs[0].runs:
                run.font.size, run.bold = Pt(_NARROW), row is one.headers
    paper.add_paragraph()


def _sources(paper: Any, found: Sources) -> None:
    if not found.items:
        paper.add_paragraph("No report is named.")
    for one in found.items:
        told = ", ".join(
            plain(part) for part in (one.outlet, day(one.day, none="no day"), one.url or "address not known")
        )
        claims = f"{'claims' if len(one.claims) > 1 else 'claim'} {', '.join(one.claims)}"
        paper.add_paragraph().add_run(f"[{one.number}] {told}; {plain(claims)}").font.size = Pt(9)


def _timeless(paper: Any) -> bytes:
    """The file with one fixed time for all that is in it."""
    written = io.BytesIO()
    paper.save(written)
    made = io.BytesIO()
    with zipfile.ZipFile(written) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, _STAMP)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return made.getvalue()
