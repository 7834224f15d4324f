"""Words about time, to intervals of wall-clock time: `find_dates`, then `resolve` against the day of publication."""

from marchland.dates.calendar import edtf
from marchland.dates.grammar import find_dates
from marchland.dates.infer import infer_published
from marchland.dates.resolve import resolve
from marchland.dates.tense import tense_near
from marchland.dates.values import DateExpression
from marchland.dates.zones import on_clock, zone_of

__all__ = ["DateExpression", "edtf", "find_dates", "infer_published", "on_clock", "resolve", "tense_near", "zone_of"]
