"""Marchland: who holds what, since when, according to whom."""

__version__ = "0.1.0"
