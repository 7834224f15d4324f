"""What the happenings at one place say about its holder: changes and states, each with its likelihood ratio."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from marchland.events.dating import Dating, date_of
from marchland.events.group import Happening
from marchland.events.told import Told, actor_key, opponent_key
from marchland.events.weights import Change as ChangeWeights
from marchland.events.weights import Weights
from marchland.events.witness import Witness
from marchland.ledger.around import NOTHING, Around

CONTESTED, BESIEGED, ABANDONED = "contested", "besieged", "abandoned"
"""Conditions of a place that are not "held", as the statuses of the export contract name them."""
Opposed = Callable[[str, str], bool]


def never_opposed(one: str, other: str) -> bool:
    """The plainest answer to "are those two sides at war?": only claims tell."""
    return False


@dataclass(frozen=True, slots=True)
class Piece:
    """One witness and how far it moves the odds: above 1 for, below 1 against."""

    witness: Witness
    ratio: float
    interested: bool
    """Whether it speaks for its own gain, or against its own loss."""


@dataclass(slots=True)
class Change:
    """Somebody is said to have gained the place, or lost it, on one of the days of `dating`."""

    to: str
    """Side that holds it afterwards; empty for nobody known; or the condition that it comes to be in."""
    of: str
    """Side that lost it; empty for whoever held it."""
    dating: Dating
    odds: float
    pieces: list[Piece] = field(default_factory=list)
    deed: str = "captures"
    among: frozenset[str] = frozenset()
    """Of fighting and sieges: the sides whose place it may be."""

    def ratio(self, cap: float) -> float:
        """Of all witnesses together; never more than `cap`, nor less than one in `cap`."""
        product = 1.0
        for one in self.pieces:
            product *= one.ratio
        return min(max(product, 1 / cap), cap)


@dataclass(frozen=True, slots=True)
class State:
    """On this day, `side` is `piece.ratio` times as likely to be the holder as if the witness had kept silent.

    Where `side` is CONTESTED, that much likelier is the place to be fought over.
    """

    side: str
    day: int
    at_start: bool
    """Whether it speaks of the start of the day; else of its end."""
    piece: Piece
    deed: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything told about who held one place."""

    place_id: str
    prior: str
    """Side that stood there before the first report; empty where nobody says."""
    sides: tuple[str, ...]
    changes: tuple[Change, ...]
    states: tuple[State, ...]
    fights: tuple[Change, ...]
    """Beginnings of fighting inside the place (to CONTESTED) and of sieges (to BESIEGED)."""
    happenings: tuple[Happening, ...]
    around: Around = NOTHING
    """What moves the odds from outside the claims on the place."""
    conditions: frozenset[str] = frozenset()
    """Those of CONTESTED, BESIEGED and ABANDONED that anything is told of."""
    stood: tuple[tuple[int, Piece], ...] = ()
    """First possible day and witness of whatever was done to the side that stood there first, or of its leaving."""


def gather(
    found: Sequence[Happening], keys: Mapping[str, str], weights: Weights, usual: str = "",
    opposed: Opposed = never_opposed, *, prior: str | None = None, around: Around = NOTHING,
) -> Evidence:  # fmt: skip
    """The evidence of the happenings at one place. Parts of the place and counts in it are left out.

    `usual` is the side that stood there before the first report where no claim names another; `prior` settles it.
    """
    whole = [one for one in found if not one.partial]
    whole = [_ordered(_background(one, whole, weights), whole) for one in whole]
    prior = _prior(whole, keys, usual) if prior is None else prior
    scale = _Scale(keys, weights, prior, opposed)
    changes = [made for one in whole for made in _gains(one, scale, _taker(whole, prior))]
    for one in whole:
        _losses(one, changes, scale, _rival(one, whole, usual))
    states = [made for one in whole for made in _states(one, changes, scale)]
    states += [made for one in whole for made in _fighting(one, scale)]
    changes = [_named(one, around) for one in changes]
    changes += _beginnings(states, changes, weights)
    sides = {prior, *(one.to for one in changes), *(one.of for one in changes), *(one.side for one in states)}
    sides = (sides | around.sides) - {"", ABANDONED}
    states = _capped(states, weights.change)
    fights, fought = _fights(whole, changes, frozenset(sides), scale)
    return Evidence(
        found[0].place_id if found else "", prior, tuple(sorted(sides)), tuple(sorted(changes, key=_order)),
        tuple(sorted((*states, *fought), key=lambda one: (one.day, one.side, one.piece.witness.best.row.claim_id))),
        tuple(sorted(fights, key=_order)), tuple(found), around,
        frozenset(one.to for one in (*changes, *fights)) & {CONTESTED, BESIEGED, ABANDONED},
        tuple(made for one in whole for made in _stood(one, scale)),
    )  # fmt: skip


def _stood(one: Happening, scale: _Scale) -> Iterator[tuple[int, Piece]]:
    """Witnesses who name the side that stood there first as the one to lose it or to be attacked in it."""
    if one.dating is None or not scale.prior or one.family not in _TELLING:
        return
    leaving = one.family in ("leaves", "hands_over") and one.side == scale.prior
    for item in one.witnesses:
        if leaving or scale.keys[opponent_key(item.best.row)] == scale.prior:
            yield one.dating.first, scale.plain(item, scale.weights.ratio_of(item.best.row.source_class))


def _named(change: Change, around: Around) -> Change:
    """A fall to a taker whom nobody names was to the one side that gained around the place about that time."""
    if change.to or change.deed == "leaves":
        return change
    last = change.dating.latest
    gained = {one.side for one in around.hazards if one.first_day <= last <= one.last_day} - {change.of}
    return replace(change, to=gained.pop()) if len(gained) == 1 else change


def _order(one: Change) -> tuple[int, str, str, str, str]:
    """By day; among changes of one day the names of the sides decide last, so that swapping them swaps the result."""
    first = one.pieces[0].witness.best.row.claim_id if one.pieces else ""
    return (one.dating.latest, first, one.deed, one.to, one.of)


def _prior(whole: Sequence[Happening], keys: Mapping[str, str], usual: str) -> str:
    """Who stood there before the first happening, as the claims tell; else the usual side, where that makes sense."""
    for one in sorted((one for one in whole if one.dating is not None and one.witnesses), key=_time):
        opponent = _opponent(one, keys)
        if one.family in ("leaves", "hands_over", "repels"):
            return one.side or usual
        if one.family == "captures":
            return opponent or (usual if usual != one.side else "")
        if one.family in ("fights", "besieges") and opponent:
            return opponent
    return usual


_TELLING = frozenset({"captures", "leaves", "hands_over", "repels", "fights", "besieges", "controls"})


def _time(one: Happening) -> tuple[int, bool, int, str]:
    """The order of happenings; on one day what is taken comes before what is taken back, and the better attested first.

    The id of a claim settles the rest, never the name of a side.
    """
    first = one.witnesses[0].best.row.claim_id if one.witnesses else one.event_id
    return (one.dating.latest if one.dating else 0, _taken_back(one), -len(one.witnesses), first)


def _opponent(one: Happening, keys: Mapping[str, str]) -> str:
    """The side it was done to: the one most witnesses name, of several the one named first."""
    named = Counter(keys[opponent_key(item.best.row)] for item in one.witnesses)
    named.pop("", None)
    named.pop(one.side, None)
    return max(named, key=lambda side: named[side]) if named else ""


@dataclass(frozen=True, slots=True)
class _Scale:
    """Turns a witness into a likelihood ratio."""

    keys: Mapping[str, str]
    weights: Weights
    prior: str
    opposed: Opposed

    def gain(self, one: Witness, gainer: str, loser: str) -> Piece:
        """A witness to somebody's gain."""
        speaker = self._speaker(one)
        interest = self.weights.interest
        if speaker and speaker == gainer:
            return self._piece(one, interest.own_gain, interested=True)
        if speaker and (speaker in (loser, self.prior) or self.opposed(speaker, gainer)):
            return self._piece(one, interest.own_loss)
        return self._piece(one, self.weights.ratio_of(one.best.row.source_class))

    def loss(self, one: Witness, loser: str) -> Piece:
        """A witness to somebody's loss."""
        speaker = self._speaker(one)
        if speaker and speaker == loser:
            return self._piece(one, self.weights.interest.own_loss)
        if speaker and self.opposed(speaker, loser):
            return self._piece(one, self.weights.interest.own_gain, interested=True)
        return self._piece(one, self.weights.ratio_of(one.best.row.source_class))

    def denial(self, one: Witness, gainer: str) -> Piece:
        """A witness who says that the gain did not take place."""
        speaker = self._speaker(one)
        interest = self.weights.interest
        if speaker and speaker == gainer:
            return self._piece(one, interest.deny_own_gain, against=True)
        if speaker:
            return self._piece(one, interest.deny_own_loss, against=True, interested=True)
        return self._piece(one, self.weights.ratio_of(one.best.row.source_class), against=True)

    def plain(self, one: Witness, ratio: float) -> Piece:
        """A witness to something in which no interest is weighed."""
        return self._piece(one, ratio)

    def _speaker(self, one: Witness) -> str:
        side = one.best.row.source_side
        return self.keys.get(side, side)

    def _piece(self, one: Witness, ratio: float, *, against: bool = False, interested: bool = False) -> Piece:
        """Weaken the ratio by the speaker's own doubt, then by the chance that the sentence was misread.

        A witness that may have it from another one adds less (`Witness.independence`)."""
        row = one.best.row
        told = ratio ** (self.weights.stance.get(row.stance, 0.0) * one.independence)
        told = one.reading * told + (1 - one.reading)
        return Piece(one, 1 / told if against else told, interested)


def _gains(one: Happening, scale: _Scale, rival: str) -> Iterator[Change]:
    """The change that a capture or a hand-over tells of; none where only denials are on record."""
    if one.family not in ("captures", "hands_over") or one.dating is None or not one.witnesses:
        return
    opponent = _opponent(one, scale.keys)
    to, of = (one.side, opponent) if one.family == "captures" else (opponent, one.side)
    if not to:
        of = of or scale.prior
        to = rival if rival != of else ""
    if not to and not of:
        return
    pieces = [scale.gain(item, to, of) if to else scale.loss(item, of) for item in one.witnesses]
    pieces += [scale.denial(item, to) for item in one.denials]
    yield Change(to, of, one.dating, _odds(scale.weights.change.claimed), pieces, one.family)


def _background(one: Happening, whole: Sequence[Happening], weights: Weights) -> Happening:
    """A gain without a day, in reports that tell how the same side lost the place, is how it once came to hold it."""
    dating = one.dating
    if one.family != "captures" or dating is None or dating.earliest is not None or _taken_back(one):
        return one
    reach = weights.change.link_days
    for other in whole:
        lost = (other.family == "leaves" and other.side == one.side) or (
            other.family == "captures" and other.side != one.side and _taken_back(other)
        )
        surer = len(other.witnesses) > len(one.witnesses)
        if lost and surer and other.dating and -1 <= dating.latest - other.dating.latest <= reach:
            return replace(one, dating=_long_before(other.dating.latest, weights))
    return one


def _ordered(one: Happening, whole: Sequence[Happening]) -> Happening:
    """What is taken back was taken before: an open date does not reach back beyond the day of the taking."""
    dating = one.dating
    if one.family != "captures" or dating is None or dating.earliest is not None or not _taken_back(one):
        return one
    taken = [
        other.dating.earliest for other in whole
        if other.family == "captures" and other.side != one.side and other.dating and other.dating.earliest is not None
        and dating.first <= other.dating.earliest <= dating.latest
    ]  # fmt: skip
    if not taken:
        return one
    kept = dating.days[max(taken) - dating.first :]
    total = sum(kept)
    return replace(one, dating=replace(dating, first=max(taken), days=tuple(share / total for share in kept)))


def _taken_back(one: Happening) -> bool:
    return any(item.best.row.event == "recaptures" for item in one.witnesses)


def _long_before(day: int, weights: Weights) -> Dating:
    """Some time in the months before a day, nobody tells when."""
    reach = weights.change.state_reach
    return Dating(day - reach, (1 / reach,) * reach, False, None, day - 1)


def _taker(whole: Sequence[Happening], prior: str) -> str:
    """Who took a place that "fell": the only side told of there besides the one that stood there before."""
    others = {other.side for other in whole if other.family in _TELLING and other.witnesses} - {"", prior}
    return others.pop() if len(others) == 1 and prior else ""


def _rival(one: Happening, whole: Sequence[Happening], usual: str) -> str:
    """Who takes what a side leaves, where nobody says: the only other side told of there, else the government."""
    others = {other.side for other in whole if other.family in _TELLING and other.witnesses} - {"", one.side}
    if len(others) == 1:
        return others.pop()
    return usual if usual != one.side and not others else ""


def _losses(one: Happening, changes: list[Change], scale: _Scale, rival: str) -> None:
    """A loss bears out a gain by somebody else near it; without one it is a change to nobody known."""
    lost = one.family == "leaves"
    admitted = tuple(item for item in one.denials if _own(item, one.side, scale)) if one.family == "controls" else ()
    seen = one.witnesses if lost else admitted
    dating = one.dating
    if not one.side or dating is None or not seen:
        return
    pieces = [scale.loss(item, one.side) for item in seen]
    near = _near(changes, dating, lambda change: change.to not in (one.side, "", ABANDONED), scale.weights)
    if near:
        near.pieces.extend(pieces)
    else:
        to = _opponent(one, scale.keys) or rival
        to = to or (ABANDONED if any(item.best.row.event == "withdraws_from" for item in seen) else "")
        changes.append(Change(to, one.side, dating, _odds(scale.weights.change.claimed), pieces, "leaves"))


def _own(item: Witness, side: str, scale: _Scale) -> bool:
    speaker = item.best.row.source_side
    return bool(speaker) and scale.keys.get(speaker, speaker) == side


def _near(changes: Iterable[Change], dating: Dating, fits: Callable[[Change], bool], weights: Weights) -> Change | None:
    """The nearest change that fits, within `link_days`."""
    reach = weights.change.link_days
    found = [(abs(one.dating.latest - dating.latest), _order(one), one) for one in changes if fits(one)]
    close = [item for item in found if item[0] <= reach]
    return min(close, key=lambda item: item[:2])[2] if close else None


def _states(one: Happening, changes: Sequence[Change], scale: _Scale) -> Iterator[State]:
    """Who held it on a day, from "is under the control of" and from attacks beaten off."""
    if one.family not in ("controls", "repels") or not one.side:
        return
    for item in one.witnesses:
        day = item.best.last
        if day is None:
            continue
        day = _while_held(item, one.side, day, changes)
        piece = scale.gain(item, one.side, "")
        if one.family == "repels":
            piece = replace(piece, ratio=piece.ratio**scale.weights.change.repels)
        early = None if one.family == "repels" else _foretold(one.side, day, changes, scale.weights)
        if early:
            early.pieces.append(piece)
        else:
            yield State(one.side, day, False, piece, one.family)
    for item in one.denials:
        if item.best.last is not None and one.family == "controls" and not _own(item, one.side, scale):
            yield State(one.side, item.best.last, False, scale.denial(item, one.side), "controls")


def _while_held(item: Witness, side: str, day: int, changes: Sequence[Change]) -> int:
    """The day that a state in the past speaks of: where the same report tells who ended it, the day before that."""
    if item.best.row.event != "controls" or item.best.row.tense not in ("past", "perfect", "pluperfect"):
        return day
    articles = {one.row.article_id for one in item.rows}
    ended = [
        one.dating.latest for one in changes
        if one.to != side and (item.best.first or 0) < one.dating.latest <= day and one.deed != "controls"
        and any(told.row.article_id in articles for piece in one.pieces if piece.ratio > 1
                for told in piece.witness.rows)
    ]  # fmt: skip
    return min(ended) - 1 if ended else day


def _foretold(side: str, day: int, changes: Sequence[Change], weights: Weights) -> Change | None:
    """The gain of that side that is dated a little later than the day on which it is said to hold the place."""
    found = [one for one in changes if one.to == side and 0 < one.dating.latest - day <= weights.change.link_days]
    return min(found, key=_order) if found else None


def _fighting(one: Happening, scale: _Scale) -> Iterator[State]:
    """Whoever attacks a place does not hold it yet, at the start of that day."""
    if one.family not in ("fights", "besieges"):
        return
    ratio = 1 / scale.weights.change.attacked
    for item in one.witnesses:
        side = scale.keys[actor_key(item.best.row)]
        if side and _is_day(item.best, scale.weights):
            row = item.best.row
            read = item.reading * scale.weights.stance.get(row.stance, 0.0)
            yield State(side, item.best.last or 0, True, Piece(item, read * ratio + 1 - read, False), one.family)


def _is_day(one: Told, weights: Weights) -> bool:
    return one.width is not None and one.width <= weights.grouping.narrow_days


def _fights(
    whole: Sequence[Happening], changes: Sequence[Change], sides: frozenset[str], scale: _Scale
) -> tuple[list[Change], list[State]]:
    """Fighting inside the place and sieges of it: when each began, and later days on which it is told to go on."""
    begun: list[Change] = []
    later: list[State] = []
    for one in whole:
        for event, to in (("contests", CONTESTED), ("besieges", BESIEGED)):
            seen = [item for item in one.witnesses if item.best.row.event == event and _is_fight(item.best, scale)]
            for some in _bouts(seen, scale.weights.grouping.join_days):
                change = _fight(to, some, changes, sides, scale)
                if change is None or not change.among:
                    continue
                begun.append(change)
                later += [State(to, piece.witness.best.last or 0, False, piece, event) for piece in change.pieces
                          if to == CONTESTED and (piece.witness.best.last or 0) > change.dating.latest]  # fmt: skip
    ends = (made for one in whole for made in _beaten_off(one, scale))
    return begun + [one for one in ends if begun], later


def _beaten_off(one: Happening, scale: _Scale) -> Iterator[Change]:
    """The end of fighting or of a siege that "beaten off" tells of; who tells it weighs as a state of that day."""
    if one.family == "repels" and one.side and one.dating is not None and one.witnesses:
        odds = _odds(scale.weights.fighting.claimed)
        yield Change(one.side, "", one.dating, odds, [], "repels", frozenset({one.side}))


def _is_fight(one: Told, scale: _Scale) -> bool:
    """Fighting some time in a month says nothing about a day of it; a siege lasts."""
    return one.last is not None and (one.first is None or _is_day(one, scale.weights) or one.row.event == "besieges")


def _bouts(seen: Sequence[Witness], reach: int) -> Iterator[list[Witness]]:
    """Stretches of days without a longer gap than `reach`."""
    bout: list[Witness] = []
    for item in sorted(seen, key=lambda one: (one.best.last or 0, one.best.row.claim_id)):
        if bout and (item.best.last or 0) - (bout[-1].best.last or 0) > reach:
            yield bout
            bout = []
        bout.append(item)
    if bout:
        yield bout


def _fight(
    to: str, seen: Sequence[Witness], changes: Sequence[Change], sides: frozenset[str], scale: _Scale
) -> Change | None:
    """One beginning of fighting. Whoever attacks does not hold the place, nor does he who takes it after that."""
    dating = date_of(seen, scale.weights)
    if dating is None:
        return None
    attackers = {scale.keys[actor_key(item.best.row)] for item in seen}
    takers = {side for side in sides if _takes(side, dating.latest, changes, scale.weights)}
    ratios = (scale.weights.ratio_of(item.best.row.source_class) for item in seen)
    pieces = [scale.plain(item, ratio) for item, ratio in zip(seen, ratios, strict=True)]
    return Change(to, "", dating, _odds(scale.weights.fighting.claimed), pieces, to, sides - attackers - takers)


def _takes(side: str, day: int, changes: Sequence[Change], weights: Weights) -> bool:
    """Whether a side is told, more strongly than of before, to take the place about that day or in the month after."""
    cap, gains = weights.change.ratio_cap, [one for one in changes if one.to == side and one.deed != "controls"]
    after = [one.ratio(cap) for one in gains if -1 <= one.dating.latest - day <= weights.grouping.outlier_days]
    before = [one.ratio(cap) for one in gains if one.dating.latest < day - 1]
    return bool(after) and max(after) >= max(before, default=0.0)


def _capped(states: Sequence[State], change: ChangeWeights) -> list[State]:
    """The same, with no more weight for one side and one stretch of days than its witnesses may have together.

    However many tell that a side holds the place, they may all rest on one mistake.
    """
    stretches: dict[tuple[str, bool, int], list[State]] = {}
    first = min((one.day for one in states), default=0)
    for one in states:
        key = (one.side, one.piece.ratio > 1, (one.day - first) // (2 * change.link_days))
        stretches.setdefault(key, []).append(one)
    made: list[State] = []
    for some in stretches.values():
        weight = abs(sum(math.log(one.piece.ratio) for one in some))
        share = min(1.0, math.log(change.ratio_cap) / weight) if weight else 1.0
        made += [one if share == 1 else replace(one, piece=_softer(one.piece, share)) for one in some]
    return made


def _softer(piece: Piece, share: float) -> Piece:
    return replace(piece, ratio=piece.ratio**share)


def _beginnings(states: Sequence[State], changes: Sequence[Change], weights: Weights) -> list[Change]:
    """A side that is said to hold a place must have gained it, though nobody tells when: some time before."""
    made: list[Change] = []
    for one in sorted(states, key=lambda item: (item.day, item.piece.witness.best.row.claim_id, item.side)):
        if one.piece.ratio <= 1 or one.deed == "repels" or _explained(one, [*changes, *made]):
            continue
        made.append(
            Change(one.side, "", _long_before(one.day + 1, weights), _odds(weights.change.stated), [], "controls")
        )
    return made


def _explained(one: State, changes: Iterable[Change]) -> bool:
    """Whether a known gain accounts for the state, with no gain of another side since."""
    before = [change for change in changes if change.dating.latest <= one.day]
    last = max(before, key=lambda change: (change.dating.latest, change.to == one.side), default=None)
    return last is not None and last.to == one.side


def _odds(share: float) -> float:
    return share / (1 - share)
