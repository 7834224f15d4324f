"""Which language a text is in, with a bias to English where the text is too short to tell."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from marchland.read.settings import Words

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

SAMPLE = 4_000
"""Characters looked at."""
ENGLISH_SHARE = 0.08
"""Share of function words from which a text is English without a closer look."""
SURE = 0.5
"""Probability below which the language of a short text in Latin letters is not held against it."""
NO_CHANCE = 0.003
"""Probability of English below which even a short text is something else."""
SHORT = 25
"""Words."""
_WORD = re.compile(r"[^\W\d_]+")


def language_of(text: str, words: Words, declared: str | None = None) -> str:
    """ISO 639-1 code of the text; `declared` is the page's own word for it, heard only where the text is unclear."""
    sample = text[:SAMPLE]
    tokens = _WORD.findall(sample.casefold())
    if not tokens:
        return "en"
    latin = sum(character < "\u0250" for token in tokens for character in token)
    letters = sum(map(len, tokens))
    share = sum(token in words.english for token in tokens) / len(tokens)
    if latin > 0.6 * letters and share >= ENGLISH_SHARE:
        return "en"
    ranked = _identifier().rank(sample)
    code, probability = ranked[0]
    english = next((chance for other, chance in ranked if other == "en"), 0.0)
    open_question = share > 0 or (probability < SURE and english > NO_CHANCE)
    if latin > 0.9 * letters and len(tokens) < SHORT and open_question:
        return declared[:2].casefold() if declared else "en"
    return str(code)


@functools.cache
def _identifier() -> LanguageIdentifier:
    # Imported here: the model takes a third of a second, and most pages never need it.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
