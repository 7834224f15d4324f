"""An invented war for the tests of the ledger: the Lake League against the Crown of Varn, and reports of it."""

from __future__ import annotations

from dataclasses import replace

from marchland.records import ClaimRow, content_id

LEAGUE, CROWN = "x:lake-league", "x:crown-of-varn"
NAMES = {LEAGUE: "Lake League", CROWN: "Crown of Varn"}

BASE = ClaimRow(
    claim_id="", page_id="", article_id="", url=None, publisher="Varn Herald", published="2031-05-04",
    published_how="printed", sentence="The Lake League took Osterby on 3 May.", start=0, end=38, event="captures",
    stance="asserts", actor="The Lake League", actor_id=LEAGUE, actor_name="Lake League", actor_aliases=("the League",),
    actor_side=LEAGUE, opponent_id=CROWN, opponent_name="Crown of Varn", opponent_side=CROWN, place="Osterby",
    place_id="x:osterby", place_name="Osterby", place_aliases=("Osterby",), place_kind="town", country="XA",
    admin1="Northmark", lat=60.0, lon=20.0, place_reason="", place_part="", source="publisher",
    source_name="Varn Herald", source_class="publisher", source_side="", date_text="on 3 May", date_from="2031-05-03",
    date_to="2031-05-03", date_edtf="2031-05-03", date_how="", quantity=None, witness_id="", frame="take",
    reading=0.9, tense="past",
)  # fmt: skip


def claim(by: str = "Varn Herald", **changes: object) -> ClaimRow:
    """A claim by one outlet; `on` is one day, `actor`, `opponent` and `side` are parties of the war."""
    day = changes.pop("on", None)
    if day is not None:
        changes |= {"date_from": day, "date_to": day}
    actor, opponent = changes.pop("by_side", LEAGUE), changes.pop("against", None)
    opponent = opponent or (CROWN if actor == LEAGUE else LEAGUE)
    row = replace(
        BASE, publisher=by, actor_id=actor, actor_side=actor, actor_name=NAMES.get(str(actor)), opponent_id=opponent,
        opponent_side=opponent, opponent_name=NAMES.get(str(opponent)), **changes,
    )  # fmt: skip
    if row.source == "publisher":
        row = replace(row, source_name=by)
    shown = content_id(*(getattr(row, name) for name in ClaimRow.__slots__ if name not in ("claim_id", "witness_id")))
    page = row.page_id or f"page-{by}-{row.published}"
    return replace(
        row, claim_id=row.claim_id or shown, witness_id=row.witness_id or f"w-{shown}", page_id=page,
        article_id=row.article_id or f"article-{page}",
    )  # fmt: skip
