"""The rows of `why` as a waterfall chart: from the prior, voice by voice, to the log-odds of the answer. Plain SVG.

The file needs nothing else and runs nothing: no script, no font, no link. Bars are placed in percents and text in
pixels, so that it fills whatever width it is given; which of three lengths of a text is shown goes by that width, and
the colours go by the reader's preference for light or dark. Words of reports are escaped and cut.
"""

from __future__ import annotations

import html
import math
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from marchland.records import Answer, Weighed, content_id
from marchland.views.terminal import verdict
from marchland.views.why import WEIGHTLESS, holder, rounded, share, speaks_for, who_says_so
from marchland.views.words import clean, count, day, percent

MOST_BARS = 40
"""Rows drawn one by one; the lightest of the others share one bar."""
_WIDTHS = (("narrow", 44, 54), ("medium", 76, 98), ("wide", 128, 160))
"""Name of a width, and how many characters of a label and of a quotation fit."""
_LEAST_SHOWN = 0.005
"""A row that moves less than this, in nats, is no bar of its own."""
_TICKS = (0.5, 0.01, 0.99, 0.0001, 0.9999, 0.1, 0.9, 0.001, 0.999, 0.25, 0.75)
"""Probabilities that the axis may name, the weightiest first."""
_LEAST_GAP = 13.0
"""Percents of the width between two labels of the axis."""
_LEFT, _RIGHT = 2.0, 98.0
_HEAD, _ROW, _FOOT = 106, 58, 34
_LONGEST_NOTE = 1800

_STYLE = """
.mw{--paper:#fff;--ink:#1b1f24;--dim:#57606a;--grid:#d8dee4;--for:#1560bd;--against:#b5460f;--sum:#57606a;
font-family:system-ui,-apple-system,"Segoe UI","Noto Sans",sans-serif;color-scheme:light dark}
@media (prefers-color-scheme:dark){.mw{--paper:#12161c;--ink:#e6edf3;--dim:#9aa6b2;--grid:#2b333d;--for:#6cabf7;
--against:#f2955a;--sum:#9aa6b2}}
.mw text{paint-order:stroke;stroke:var(--paper);stroke-width:4px;stroke-linejoin:round}
.mw .paper{fill:var(--paper)}.mw text{fill:var(--ink);font-size:13px}.mw .title{font-size:16px;font-weight:600}
.mw .dim,.mw .quote{fill:var(--dim);font-size:12px}.mw .weight{font-weight:600;text-anchor:end;
font-variant-numeric:tabular-nums}.mw .tick{fill:var(--dim);font-size:11px;text-anchor:middle}
.mw .grid{stroke:var(--grid)}.mw .even{stroke:var(--dim)}.mw .join{stroke:var(--dim);stroke-dasharray:2 3}
.mw .for{fill:var(--for)}.mw .against{fill:var(--against)}.mw .sum{fill:var(--sum)}
.mw .medium,.mw .wide{display:none}
@media (max-width:619px){.mw .title{font-size:14px}}
@media (min-width:620px){.mw .narrow{display:none}.mw .medium{display:inline}}
@media (min-width:1000px){.mw .medium{display:none}.mw .wide{display:inline}}
"""


@dataclass(frozen=True, slots=True)
class _Bar:
    """One bar, from one sum of log-odds to the next."""

    label: str
    quote: str
    before: float
    after: float
    kind: str
    """for, against, or sum for the prior and the total."""
    weight: str


def waterfall(answer: Answer, label: str) -> str:
    """The chart of an answer of `why` as one SVG document; `label` names the place. Same answer, same bytes."""
    bars = _bars(answer)
    scale = _Scale.of(bars)
    height = _HEAD + _ROW * len(bars) + _FOOT
    name = f"why-{content_id(answer.place_id, answer.at, answer.known_at)[:8]}"
    title = f"{label} on {day(answer.at)}: {verdict(answer)}"
    known = f"as known on {day(answer.known_at)}, " if answer.known_at else ""
    words = f"{known}log-odds of {holder(answer)} and the probability they make; each bar is one voice"
    return "".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="mw" width="100%" height="{height}" role="img" '
            f'aria-labelledby="{name}-t {name}-d">\n',
            f'<title id="{name}-t">{_safe(title, 300)}</title>\n',
            f'<desc id="{name}-d">{_safe(_told(bars), None)}</desc>\n',
            f"<style>{_STYLE}</style>\n",
            '<rect class="paper" width="100%" height="100%"/>\n',
            _text(f"{label} on {day(answer.at)}", 26, "title", shorter=0.9),
            _text(verdict(answer), 46, "label"),
            _text(words, 64, "dim", long=True),
            *_axis(scale, height),
            *(part for index, bar in enumerate(bars) for part in _drawn(bar, index, scale, index + 1 < len(bars))),
            "</svg>\n",
        )
    )


# --------------------------------------------------------------------------------------------------------------- bars


def _bars(answer: Answer) -> list[_Bar]:
    """The prior, every voice that moves something, what silence took, and the total."""
    rows = [row for row in answer.rows if row.what not in WEIGHTLESS]
    drawn = _kept(rows)
    shown = [row for index, row in enumerate(rows) if index in drawn]
    folded = [row for index, row in enumerate(rows) if index not in drawn]
    if folded:
        at = len(shown) - (1 if shown and shown[-1].what == "decay" else 0)
        words = f"{count(len(folded), 'row')} that move it least"
        shown.insert(at, Weighed("others", sum(row.log_odds for row in folded), words))
    weights = rounded((row.log_odds for row in shown), 2)
    sums = list(accumulate(weights, initial=0.0))
    bars = [_bar(row, weight, before) for row, weight, before in zip(shown, weights, sums, strict=False)]
    total = round(sums[-1], 2)
    exact = share(sum(row.log_odds for row in rows))
    return [*bars, _Bar(f"total: {percent(exact)} {holder(answer)}", "", 0.0, total, "sum", f"{total:+.2f}")]


def _kept(rows: Sequence[Weighed]) -> frozenset[int]:
    """Places of the rows that are drawn one by one: the prior, decay, and the weightiest of those that show."""
    fixed = [at for at, row in enumerate(rows) if row.what in ("prior", "decay")]
    others = [at for at, row in enumerate(rows) if at not in fixed and abs(row.log_odds) >= _LEAST_SHOWN]
    others.sort(key=lambda at: (-abs(rows[at].log_odds), at))
    return frozenset((*fixed, *others[: MOST_BARS - len(fixed)]))


def _bar(row: Weighed, weight: float, before: float) -> _Bar:
    said = ", ".join(part for part in (who_says_so(row), day(row.day, none="")) if part)
    about = speaks_for(row) if row.what != "prior" else ""
    label = ": ".join(part for part in (row.what + (", later" if row.later else ""), said) if part)
    quote = f"“{row.quote}”" if row.quote and row.what != "earlier" else row.sentence
    kind = "sum" if row.what == "prior" else "for" if weight >= 0 else "against"
    side = f" → {about}" if about and row.claim_id else ""
    return _Bar(label + side, quote, before, round(before + weight, 2), kind, f"{weight:+.2f}")


def _told(bars: Sequence[_Bar]) -> str:
    """The chart in words, for who cannot see it."""
    rows = [f"{clean(bar.label, limit=120)} {bar.weight}" for bar in bars]
    words = "Waterfall chart of log-odds. "
    for index, row in enumerate(rows[:-1]):
        if len(words) + len(row) > _LONGEST_NOTE:
            words += f"and {len(rows) - 1 - index} more; "
            break
        words += row + "; "
    return words + rows[-1] + "."


# ------------------------------------------------------------------------------------------------------------ drawing


@dataclass(frozen=True, slots=True)
class _Scale:
    """Log-odds to percents of the width."""

    low: float
    high: float

    @classmethod
    def of(cls, bars: Sequence[_Bar]) -> _Scale:
        ends = [0.0, *(bar.before for bar in bars), *(bar.after for bar in bars)]
        low, high = min(ends), max(ends)
        edge = max((high - low) * 0.06, 0.5)
        return cls(low - edge, high + edge)

    def x(self, value: float) -> float:
        return _LEFT + (_RIGHT - _LEFT) * (value - self.low) / (self.high - self.low)


def _axis(scale: _Scale, height: int) -> Iterator[str]:
    """Lines at probabilities that a reader knows, as many as there is room for."""
    placed: list[float] = []
    for chance in _TICKS:
        at = scale.x(math.log(chance / (1 - chance)))
        if not _LEFT + 3 <= at <= _RIGHT - 3 or any(abs(at - other) < _LEAST_GAP for other in placed):
            continue
        placed.append(at)
        look = "even" if chance == 0.5 else "grid"
        yield f'<line class="{look}" x1="{at:.2f}%" x2="{at:.2f}%" y1="{_HEAD - 12}" y2="{height - _FOOT + 8}"/>\n'
        words = f"{chance * 100:.12g} %"
        yield f'<text class="tick" x="{at:.2f}%" y="{_HEAD - 18}">{words}</text>\n'
        yield f'<text class="tick" x="{at:.2f}%" y="{height - 10}">{words}</text>\n'


def _drawn(bar: _Bar, index: int, scale: _Scale, joined: bool) -> Iterator[str]:
    top = _HEAD + _ROW * index
    left, right = sorted((scale.x(bar.before), scale.x(bar.after)))
    end = scale.x(bar.after)
    yield f"<g><title>{_safe(f'{bar.weight} {bar.label} {bar.quote}', 400)}</title>\n"
    yield _text(bar.label, top + 12, "label")
    yield f'<text class="weight" x="{_RIGHT:g}%" y="{top + 12}">{bar.weight}</text>\n'
    if joined:
        yield f'<line class="join" x1="{end:.2f}%" x2="{end:.2f}%" y1="{top + 27}" y2="{top + 18 + _ROW}"/>\n'
    yield (
        f'<rect class="{bar.kind}" x="{left:.2f}%" width="{max(right - left, 0.25):.2f}%" y="{top + 18}" height="9" '
        'rx="1"/>\n'
    )
    if bar.quote:
        yield _text(bar.quote, top + 42, "quote", long=True)
    yield "</g>\n"


def _text(words: str, y: int, look: str, *, long: bool = False, shorter: float = 1.0) -> str:
    """One line of text in three lengths, of which the style shows one."""
    made = []
    for width, label, quote in _WIDTHS:
        cut = fitting(clean(words), int((quote if long else label) * shorter))
        made.append(f'<text class="{look} {width}" x="{_LEFT:g}%" y="{y}">{_safe(cut, None)}</text>\n')
    return "".join(made)


def fitting(words: str, room: int) -> str:
    """As much of a text as there is room for, in columns of a narrow letter; letters of East Asia take two."""
    used = 0
    for at, letter in enumerate(words):
        used += 0 if unicodedata.combining(letter) else 2 if unicodedata.east_asian_width(letter) in "WF" else 1
        if used > room:
            return words[: max(at - 1, 0)].rstrip() + "…"
    return words


def _safe(words: str, limit: int | None) -> str:
    """Text that cannot be read as markup, and that XML can hold."""
    kept = "".join(letter for letter in clean(words, limit=limit or 4000) if letter not in "\ufffe\uffff")
    return html.escape(kept)
