"""Make the table of `screens/pinyin.py` anew: `python -m tests.screens.pinyin_table`."""

from __future__ import annotations

from pathlib import Path

from pypinyin import lazy_pinyin

from screens import pinyin
from screens.commands import SCOPES
from screens.jumps import WORDS
from screens.theme import NAMES
from supervise.services.windows import VIEWS

_MARK = '_TABLE = """\\\n'


def spoken() -> list[str]:
    """List every text the palette finds by its pinyin, apart from what the ledger holds."""
    commands = (one.title for commands in SCOPES.values() for one in commands)
    return [*commands, *VIEWS.values(), *NAMES.values(), *WORDS]


def table() -> str:
    """Give the table: each syllable, and the characters read so in those texts."""
    found: dict[str, set[str]] = {}
    for text in spoken():
        chars = [char for char in text if "\u4e00" <= char <= "\u9fff"]
        for char, syllable in zip(chars, lazy_pinyin("".join(chars)), strict=True):
            found.setdefault(syllable, set()).add(char)
    return "".join(f"{one} {''.join(sorted(found[one]))}\n" for one in sorted(found))


def main() -> None:
    """Write the table into its module."""
    path = Path(pinyin.__file__)
    before, _, rest = path.read_text("utf-8").partition(_MARK)
    _, _, after = rest.partition('"""\n')
    path.write_text(f'{before}{_MARK}{table()}"""\n{after}', "utf-8")


if __name__ == "__main__":
    main()
