"""A figure that is told twice counts once: relays, reprints, and one amount in two currencies."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from marchland.consequences.figures import TOTAL, UNSTATED
from marchland.consequences.records import Figure, Range, Told
from marchland.consequences.settings import Settings


def rate(figure: Figure, settings: Settings) -> Range | None:
    """The figure for one day; None where its period is not stated."""
    if figure.per == UNSTATED:
        return None
    if figure.per == TOTAL:
        if figure.first is None or figure.last is None:
            return None
        days = float((figure.last - figure.first).days + 1)
    else:
        days = settings.periods[figure.per]
    return Range(figure.amount.low / days, figure.amount.best / days, figure.amount.high / days)


def told_once(figures: Iterable[Figure], settings: Settings) -> tuple[Told, ...]:
    """Each figure once, by id, with those that tell it again. The order of the figures changes nothing."""
    listed = sorted({one.figure_id: one for one in figures}.values(), key=_order)
    parent = {one.figure_id: one.figure_id for one in listed}
    why: dict[str, str] = {}
    for one, other, reason in _links(listed, settings):
        if _root(parent, one.figure_id) != _root(parent, other.figure_id):
            why.setdefault(other.figure_id, reason)
            if not reason.startswith("tells "):
                why.setdefault(one.figure_id, reason)
            _join(parent, one.figure_id, other.figure_id)
    groups: dict[str, list[Figure]] = defaultdict(list)
    for one in listed:
        groups[_root(parent, one.figure_id)].append(one)
    made = (
        Told(group[0], tuple((one, why.get(one.figure_id, "tells the same figure")) for one in group[1:]))
        for group in groups.values()
    )
    return tuple(sorted(made, key=lambda one: one.figure.figure_id))


def in_unit(told: Told, unit: str) -> Figure | None:
    """The figure in that unit: the one that counts, or the same in another currency, by the same claimant if any."""
    found = [one for one in (told.figure, *(again for again, _ in told.again)) if one.unit == unit]
    return min(found, key=lambda one: one.claimant != told.figure.claimant, default=None)


def _order(one: Figure) -> tuple[object, ...]:
    """Originals before relays, then the earliest."""
    return (bool(one.repeats), one.reported_first is None, str(one.reported_first), one.figure_id)


def _links(listed: Sequence[Figure], settings: Settings) -> Iterator[tuple[Figure, Figure, str]]:
    """Pairs of which the second tells the first again, and why. A relay joins what it relays, and nothing else."""
    by_id = {one.figure_id: one for one in listed}
    free = []
    for one in listed:
        first = by_id.get(one.repeats)
        if first is None or first is one:
            free.append(one)
        else:
            yield first, one, f"tells {first.figure_id} again" + ("" if one.unit == first.unit else f", in {one.unit}")
    yield from _pairs(free, _amount, _near(settings.same_print_days), "same amount, printed in the same days")
    yield from _pairs(free, _by_claimant, _meet, "same claimant, same amount")
    yield from _translations(free)


def _pairs(
    listed: Sequence[Figure], key: Callable[[Figure], tuple[object, ...]],
    same: Callable[[Figure, Figure], bool], why: str,
) -> Iterator[tuple[Figure, Figure, str]]:  # fmt: skip
    """Within each bucket, every figure with the last before it that was not itself one told again."""
    anchors: dict[tuple[object, ...], Figure] = {}
    for one in sorted(listed, key=lambda each: (str(each.reported_first or "9999"), each.figure_id)):
        bucket = key(one)
        anchor = anchors.get(bucket)
        if anchor is not None and same(anchor, one):
            yield anchor, one, why
        else:
            anchors[bucket] = one


def _translations(listed: Sequence[Figure]) -> Iterator[tuple[Figure, Figure, str]]:
    """One claimant on one page with one figure in each of several units; with more, nobody can say which is which."""
    pages: dict[tuple[object, ...], list[Figure]] = defaultdict(list)
    for one in listed:
        if one.url:
            pages[_by_page(one)].append(one)
    for found in pages.values():
        if len({one.unit for one in found}) == len(found):
            yield from ((found[0], one, "same claimant, same page, in another unit") for one in found[1:])


def _about(one: Figure) -> tuple[object, ...]:
    return (one.places, one.country, one.measure)


def _amount(one: Figure) -> tuple[object, ...]:
    return (*_about(one), one.unit, one.per, one.amount, (one.first, one.last) if one.per == TOTAL else None)


def _by_claimant(one: Figure) -> tuple[object, ...]:
    return (*_amount(one), one.claimant.casefold())


def _by_page(one: Figure) -> tuple[object, ...]:
    return (*_about(one), one.claimant.casefold(), one.url, one.per, one.first, one.last)


def _near(days: int) -> Callable[[Figure, Figure], bool]:
    def near(one: Figure, other: Figure) -> bool:
        if one.reported_last is None or other.reported_first is None:
            return False
        return (other.reported_first - one.reported_last).days <= days

    return near


def _meet(one: Figure, other: Figure) -> bool:
    """Whether the days that they speak of can be the same."""
    if one.first is None or one.last is None or other.first is None or other.last is None:
        return True
    return one.first <= other.last and other.first <= one.last


def _root(parent: dict[str, str], node: str) -> str:
    while parent[node] != node:
        node = parent[node]
    return node


def _join(parent: dict[str, str], one: str, other: str) -> None:
    first, second = sorted((_root(parent, one), _root(parent, other)))
    parent[second] = first


def units(found: Sequence[Told]) -> list[str]:
    """All units in which the figures are told."""
    return sorted({one.unit for told in found for one in (told.figure, *(again for again, _ in told.again))})
