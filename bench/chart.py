"""Small charts as SVG, readable on light and on dark pages, without a library."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape

from bench.scoring import Bin

SIZE, LEFT, TOP, SIDE = 420, 56, 40, 320
STYLE = """<style>
text { font: 12px sans-serif; fill: #24292f } .title { font-size: 14px; font-weight: bold }
.grid { stroke: #d0d7de } .even { stroke: #8c959f; stroke-dasharray: 4 4 } .bar { stroke-width: 1.5; opacity: .6 }
.c0 { stroke: #0550ae; fill: #0550ae } .c1 { stroke: #bc4c00; fill: #bc4c00 } .c2 { stroke: #1a7f37; fill: #1a7f37 }
.c3 { stroke: #8250df; fill: #8250df } .line { fill: none; stroke-width: 2 }
@media (prefers-color-scheme: dark) {
text { fill: #e6edf3 } .grid { stroke: #30363d } .even { stroke: #8b949e }
.c0 { stroke: #79c0ff; fill: #79c0ff } .c1 { stroke: #ffa657; fill: #ffa657 } .c2 { stroke: #7ee787; fill: #7ee787 }
.c3 { stroke: #d2a8ff; fill: #d2a8ff } .line { fill: none } }
</style>"""


def reliability_chart(title: str, curves: Mapping[str, Sequence[Bin]]) -> str:
    """What was told against what came true, with the interval of each point; on the dashed line the two agree."""
    body = [f'<line class="even" x1="{_x(0)}" y1="{_y(0)}" x2="{_x(1)}" y2="{_y(1)}"/>']
    for number, (name, bins) in enumerate(curves.items()):
        body += _curve(number, [(one.told, one.seen) for one in bins])
        body += [f'<line class="bar c{number}" x1="{_x(one.told)}" y1="{_y(one.low)}" x2="{_x(one.told)}" '
                 f'y2="{_y(one.high)}"/>' for one in bins]  # fmt: skip
        body.append(_label(number, name))
    return _framed(title, "told", "came true", [index / 5 for index in range(6)], body)


def share_chart(title: str, across: str, along: Sequence[float], curves: Mapping[str, Sequence[float]]) -> str:
    """Shares, 0 to 1, along a scale."""
    top = max(along) or 1.0
    body: list[str] = []
    for number, (name, shares) in enumerate(curves.items()):
        body += _curve(number % 4, [(at / top, share) for at, share in zip(along, shares, strict=True)])
        body.append(_label(number, name))
    return _framed(title, across, "share right", [at / top for at in along], body, top)


def _framed(
    title: str, across: str, up: str, ticks: Iterable[float], body: Iterable[str], top: float = 1.0
) -> str:  # fmt: skip
    lines = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIZE} {SIZE}" role="img">', STYLE,
             f"<title>{escape(title)}</title>",
             f'<text class="title" x="{LEFT}" y="22">{escape(title)}</text>']  # fmt: skip
    for index in range(6):
        at = index / 5
        lines.append(f'<line class="grid" x1="{_x(0)}" y1="{_y(at)}" x2="{_x(1)}" y2="{_y(at)}"/>')
        lines.append(f'<text x="{LEFT - 8}" y="{_y(at) + 4}" text-anchor="end">{at:.1f}</text>')
    for at in ticks:
        lines.append(f'<text x="{_x(at)}" y="{TOP + SIDE + 18}" text-anchor="middle">{at * top:g}</text>')
    lines.append(f'<text x="{LEFT + SIDE / 2}" y="{TOP + SIDE + 38}" text-anchor="middle">{escape(across)}</text>')
    middle = TOP + SIDE / 2
    lines.append(f'<text transform="translate(16 {middle}) rotate(-90)" text-anchor="middle">{escape(up)}</text>')
    return "\n".join([*lines, *body, "</svg>", ""])


def _curve(number: int, points: Sequence[tuple[float, float]]) -> list[str]:
    path = " ".join(f"{_x(across)},{_y(up)}" for across, up in points)
    dots = [f'<circle class="c{number}" cx="{_x(across)}" cy="{_y(up)}" r="3.5"/>' for across, up in points]
    return [f'<polyline class="line c{number}" style="fill:none" points="{path}"/>', *dots]


def _label(number: int, name: str) -> str:
    up = TOP + SIDE - 14 - 16 * number
    return (
        f'<circle class="c{number % 4}" cx="{LEFT + SIDE - 170}" cy="{up - 4}" r="4"/>'
        f'<text x="{LEFT + SIDE - 160}" y="{up}">{escape(name)}</text>'
    )


def _x(share: float) -> float:
    return round(LEFT + SIDE * share, 1)


def _y(share: float) -> float:
    return round(TOP + SIDE * (1 - share), 1)
