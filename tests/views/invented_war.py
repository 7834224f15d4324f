"""A small invented war: Norland and the Free Marsh Front fight over two towns and a crossing that do not exist."""

from __future__ import annotations

from dataclasses import replace

from marchland.records import Answer, ClaimRow, CrossingRow, EventRow, HoldingRow, Rival, Weighed

CLAIM = ClaimRow(
    claim_id="c1", page_id="p1", article_id="a1", url="https://news.example/1", publisher="Marsh Courier",
    published="2031-05-04", published_how="printed date", sentence="The Front took Reedham on Tuesday, a mayor said.",
    start=10, end=58, event="captures", stance="asserts", actor="The Front", actor_id="x:fmf",
    actor_name="Free Marsh Front", actor_aliases=("FMF", "the Front"), actor_side="x:fmf", opponent_id="x:nor",
    opponent_name="Norland", opponent_side="x:nor", place="Reedham", place_id="x:reedham", place_name="Reedham",
    place_aliases=("Reedham", "Redham"), place_kind="town", country="UZ", admin1="Fenshire", lat=38.0, lon=66.0,
    place_reason="only place of that name", place_part="", source="a mayor", source_name="mayor of Reedham",
    source_class="official", source_side="x:nor", date_text="on Tuesday", date_from="2031-05-03", date_to="2031-05-03",
    date_edtf="2031-05-03", date_how="weekday before publication", quantity=None, witness_id="w1", frame="take",
    reading=0.9, tense="past", event_id="e1",
)  # fmt: skip
DENIAL = replace(
    CLAIM, claim_id="c2", page_id="p2", sentence="A Norland spokesman denied it.", stance="denies", source="spokesman",
    source_name="Norland spokesman", witness_id="w2", published="2031-05-05", date_text=None,
)  # fmt: skip
REFUSED = replace(
    CLAIM, claim_id="c3", place_id=None, place_name=None, place_aliases=(), lat=None, lon=None,
    place_reason="two places of that name",
)  # fmt: skip
EVENT = EventRow(
    event_id="e1", event="captures", place_id="x:reedham", place_name="Reedham", country="UZ", admin1="Fenshire",
    lat=38.0, lon=66.0, actor_id="x:fmf", actor_name="Free Marsh Front", opponent_name="Norland",
    date_from="2031-05-03", date_to="2031-05-03", witnesses=1, outlets=1, claims=("c1",),
    denied_by=("Norland spokesman",),
)  # fmt: skip
HOLDING = HoldingRow(
    holding_id="h1", place_id="x:reedham", place_name="Reedham", place_aliases=("Reedham", "Redham"), kind="town",
    country="UZ", admin1="Fenshire", lat=38.0, lon=66.0, holder_id="x:fmf", holder_name="Free Marsh Front",
    holder_aliases=("FMF", "the Front"), status="held", probability=0.97, from_="2031-05-03",
    from_earliest="2031-05-03", from_latest="2031-05-03", until=None, last_confirmed="2031-05-04",
    known_from="2031-05-04", witnesses=1, claims=("c1",), contradicted_by=("c2",),
)  # fmt: skip
BEFORE = replace(
    HOLDING, holding_id="h0", holder_id="x:nor", holder_name="Norland", holder_aliases=(), from_=None,
    from_earliest=None, from_latest=None, until="2031-05-03", claims=(), contradicted_by=(), probability=0.9,
)  # fmt: skip
CROSSING = CrossingRow(
    place_id="x:lockgate", place_name="Lockgate", place_aliases=("Lock Gate",), lat=37.2, lon=66.5, direction="both",
    traffic="all", state="closed", from_="2031-05-04", until=None, probability=0.8, claims=("c1",),
    post_a="UZ Lockgate", post_a_holder="Norland", post_b="AF Weir", post_b_holder=None,
)  # fmt: skip
ANSWER = Answer(
    place_id="x:reedham", place_name="Reedham", at="2031-05-06", known_at=None, holder_id="x:fmf",
    holder_name="Free Marsh Front", status="held", probability=0.97, since="2031-05-03", last_confirmed="2031-05-04",
    rows=(
        Weighed("prior", -0.5, "Norland held it before"),
        Weighed(
            "claim", 4.2, "mayor of Reedham, Marsh Courier", "c1", "2031-05-04", side="x:fmf",
            side_name="Free Marsh Front", own=2.2, speaker="mayor of Reedham", speaker_side="x:nor",
            outlets=("Marsh Courier",), quote=CLAIM.sentence, claims=("c1",),
        ),
        Weighed(
            "denial", -0.22, "Norland spokesman", "c2", "2031-05-05", side="x:fmf", side_name="Free Marsh Front",
            against=True, own=-0.26, speaker="Norland spokesman", speaker_side="x:nor", outlets=("Marsh Courier",),
            quote=DENIAL.sentence, claims=("c2",),
        ),
    ),
    log_odds=3.48, witnesses=1, denials=1, rival=Rival(None, None, -3.6, 0.026, 4.1, 0.22, False),
)  # fmt: skip
CLAIMS = {one.claim_id: one for one in (CLAIM, DENIAL)}
