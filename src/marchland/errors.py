"""The errors that Marchland raises.

    MarchlandError
    ├── Misuse          the caller asked for something that cannot be done (bad option, no such ledger)
    │   └── Absent      what the caller names is not on record
    ├── BrokenData      a file that ships with Marchland, or that the user gave as data, is wrong
    └── StoreFailed     the ledger's file or server could not be read or written; what it holds is safe

Messy input is neither: a stage that cannot read something yields a `records.Skipped` and goes on.
"""


class MarchlandError(Exception):
    """Base of every error that Marchland raises on purpose."""


class Misuse(MarchlandError):
    """The caller asked for something that cannot be done; the message says what to do instead."""


class Absent(Misuse):
    """What the caller names is not on record."""


class BrokenData(MarchlandError):
    """A lexicon, gazetteer or ledger file is wrong; the message names the file and the line."""


class StoreFailed(MarchlandError):
    """The ledger's file or server could not be read or written; what it holds is safe."""
