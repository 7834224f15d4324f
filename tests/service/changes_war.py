"""An invented ledger for the tests of changes: the Lake League and the Crown of Varn; late and hostile words."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

from marchland.ledger.store import Ledger
from marchland.records import Article, ClaimRow, Interval, content_id

LEAGUE, CROWN = "x:lake-league", "x:crown-of-varn"
NAMES = {LEAGUE: "Lake League", CROWN: "Crown of Varn"}
HOSTILE = (
    "[Read on](javascript:alert(1)) | the League took Holmen <script>alert(2)</script> `rm -rf`\x1b[2J "
    "![x](https://evil.example/p.png) **at last** & \u202e done. <https://evil.example>"
)
BASE = ClaimRow(
    claim_id="", page_id="", article_id="", url=None, publisher="Varn Herald", published="2031-05-04",
    published_how="printed", sentence="", start=0, end=0, event="captures", stance="asserts", actor="The League",
    actor_id=LEAGUE, actor_name="Lake League", actor_aliases=(), actor_side=LEAGUE, opponent_id=CROWN,
    opponent_name="Crown of Varn", opponent_side=CROWN, place="Osterby", place_id="x:osterby", place_name="Osterby",
    place_aliases=("Osterby",), place_kind="town", country="XA", admin1="Northmark", lat=60.0, lon=20.0,
    place_reason="only one", place_part="", source="publisher", source_name="Varn Herald", source_class="publisher",
    source_side="", date_text=None, date_from="2031-05-03", date_to="2031-05-03", date_edtf="2031-05-03", date_how="",
    quantity=None, witness_id="", frame="take", reading=0.9, tense="past",
)  # fmt: skip


def claim(sentence: str, by: str = "Varn Herald", **changes: object) -> ClaimRow:
    """A claim by one outlet; `on` is its day, `place` a name, `side` the party that acts."""
    place, side = str(changes.pop("place", "Osterby")), str(changes.pop("side", LEAGUE))
    other, day = CROWN if side == LEAGUE else LEAGUE, changes.pop("on", "2031-05-03")
    page = f"{by} {changes.get('published', BASE.published)} {sentence}"
    row = replace(
        BASE, sentence=sentence, end=len(sentence), publisher=by, source_name=by, actor_id=side, actor_side=side,
        actor=NAMES[side], actor_name=NAMES[side], opponent_id=other, opponent_side=other, opponent_name=NAMES[other],
        place=place, place_id=f"x:{place.lower()}", place_name=place, place_aliases=(place,), date_from=day,
        date_to=day, date_edtf=str(day), page_id=page, article_id=content_id("article", page),
        url=f"https://news.example/{content_id(page)[:8]}",
    )  # fmt: skip
    row = replace(row, **changes)  # type: ignore[arg-type]
    made = content_id("claim", page, place)
    return replace(row, claim_id=made, witness_id=f"w-{made}")


def article(row: ClaimRow) -> Article:
    """The report that carries one claim and nothing else."""
    day = Interval.of_days(dt.date.fromisoformat(row.published or ""))
    return Article(
        article_id=row.article_id, page_id=row.page_id, number=0, text=row.sentence, parts=(), url=row.url,
        publisher=row.publisher, publisher_how="byline", published=day, published_how="printed date", language="en",
    )  # fmt: skip


WAR = [
    claim("The Lake League took Osterby on 3 May."),
    claim("Osterby fell to the League.", by="Lake Radio", published="2031-05-05"),
    claim("The Crown had not lost Osterby, its spokesman said.", by="Marsh Post", published="2031-05-06",
          stance="denies", source="its spokesman", source_name="spokesman of the Crown", source_class="official",
          source_side=CROWN),
    claim("The League had taken Vesterby in April, drivers said.", by="Lake Radio", published="2031-05-12",
          place="Vesterby", on="2031-04-20"),
    claim(HOSTILE, by="Reed | Monitor", published="2031-05-13", place="Holmen", on="2031-05-12", country="XB"),
    claim("The Crown took Osterby back on 20 May.", by="Marsh Post", published="2031-05-21", on="2031-05-20",
          side=CROWN, event="recaptures"),
    claim("Crown troops stand in Osterby again.", by="Hill Gazette", published="2031-05-22", on="2031-05-20",
          side=CROWN, event="recaptures"),
    claim("We hold Sandvik, the League announced.", by="Marsh Post", published="2031-05-22", place="Sandvik",
          on="2031-05-21", source="the League", source_name="the League", source_class="party", source_side=LEAGUE),
    claim("The Gate was closed to all.", by="Hill Gazette", published="2031-05-23", on="2031-05-22", place="Gate",
          place_kind="crossing", event="closes", actor_id=None, actor_side=None, actor_name=None, actor=None,
          opponent_id=None, opponent_side=None, opponent_name=None),
]  # fmt: skip


def make(path: Path) -> Path:
    """The ledger in a file."""
    with Ledger.open(path) as ledger:
        for row in WAR:
            ledger.add(article(row), [row], now=dt.datetime(2031, 6, 1, tzinfo=dt.UTC))
    return path
