"""The record from Python; see `marchland.open`."""
