"""Bytes to articles: `read_path`, `read_bytes`, `read_stream` and `read_row` give `Article` or `Skipped`.

Bad input never raises. Parts of an article: headline, byline (authors, printed dates, section names and other lines
about the story rather than of it), dateline, caption, bullet, body.
"""

from marchland.read.source import read_bytes, read_path, read_row, read_stream

__all__ = ["read_bytes", "read_path", "read_row", "read_stream"]
