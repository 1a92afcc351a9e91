"""How unit names are compared: blanks, brackets and width of letters make no difference."""

from __future__ import annotations

import re
import unicodedata

_BLANKS = re.compile(r"\s+")


def name_key(name: str) -> str:
    """Reduce a unit's name to what two spellings of it must share."""
    return _BLANKS.sub("", unicodedata.normalize("NFKC", name)).casefold()
