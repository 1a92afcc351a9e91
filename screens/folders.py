"""Folders of the user's machine, looked into for a file; a disk may be slow: use a thread."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from supervise.errors import reason

MOST = 2_000
KEPT = 5
RECENT = "folders"


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a folder: where it is, what it is called, and for a file its size in bytes."""

    path: Path
    name: str
    is_folder: bool
    size: int = 0
    changed: str = ""


@dataclass(frozen=True, slots=True)
class Look:
    """What was found for what was typed.

    `exact` is the file or folder typed in full; `problem` says why a folder can't be read; `more`
    tells that the folder holds more than is shown.
    """

    typed: str
    folder: Path
    items: tuple[Item, ...] = ()
    exact: Item | None = None
    problem: str = ""
    more: bool = False


def look(typed: str, start: Path, endings: tuple[str, ...] | None) -> Look:
    """Look where the typed path leads: into a folder, or among the names that fit its last part.

    Folders come first, then files with one of the endings; a hidden name only when asked for.
    Raises nothing: what can't be read is told in `problem`.
    """
    try:
        # "/" and "~" begin anew, a bare name is looked for in the folder shown.
        path = (start / Path(typed).expanduser()) if typed else start
        exact = _item(path)
        inside = exact is not None and exact.is_folder and (not typed or typed[-1] in "/\\")
        folder, part = (path, "") if inside else (path.parent, path.name)
        found = [item for item in map(_item, folder.iterdir()) if item and _fits(item, part)]
    except (OSError, RuntimeError, ValueError) as error:
        why = reason(error) if isinstance(error, OSError) else "路径不成样子"
        return Look(typed, start, problem=f"读不了这个文件夹：{why}。")
    kept = [item for item in found if item.is_folder or ends(item.path, endings)]
    kept.sort(key=lambda item: (not item.is_folder, item.name.casefold()))
    return Look(typed, folder, tuple(kept[:MOST]), exact, more=len(kept) > MOST)


def ends(path: Path, endings: tuple[str, ...] | None) -> bool:
    """Whether a file's name has one of the endings; without any every name will do."""
    return not endings or path.name.casefold().endswith(tuple(one.casefold() for one in endings))


def _item(path: Path) -> Item | None:
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    is_folder = path.is_dir()
    if not is_folder and not path.is_file():
        return None
    changed = datetime.fromtimestamp(found.st_mtime).strftime("%Y-%m-%d")
    return Item(path, path.name or str(path), is_folder, 0 if is_folder else found.st_size, changed)


def _fits(item: Item, part: str) -> bool:
    hidden = item.name.startswith(".") and not part.startswith(".")
    return not hidden and part.casefold() in item.name.casefold()


def size_words(size: int) -> str:
    """Give a size in bytes as people say it."""
    if size < 1024:
        return f"{size} B"
    return f"{size / 1024:.0f} KB" if size < 1024 * 1024 else f"{size / 1024 / 1024:.1f} MB"


def with_recent(known: object, folder: Path) -> list[str]:
    """Put a folder in front of those opened lately; what is no list of names counts as none."""
    old = [str(one) for one in known] if isinstance(known, list) else []
    return [str(folder), *(one for one in old if one != str(folder))][:KEPT]


def dropped(text: str) -> Path | None:
    """Give the path that was pasted or dropped on the terminal; None when there is none.

    Terminals hand a dropped file over in quotes, as file://…, or with \\ before each blank.
    """
    text = text.strip().strip("\0")
    if len(text) > 1 and text[0] == text[-1] and text[0] in "'\"":
        text = text[1:-1]
    if text.lower().startswith("file://"):
        from urllib.parse import unquote, urlsplit
        from urllib.request import url2pathname

        text = url2pathname(unquote(urlsplit(text).path))
    if not text:
        return None
    try:
        path = Path(text).expanduser()
        bare = Path(re.sub(r"\\(.)", r"\1", text)).expanduser()
        return (path if path.exists() or not bare.exists() else bare).absolute()
    except (OSError, RuntimeError, ValueError):
        return Path(text)


def found_again(known: object) -> tuple[Item, ...]:
    """Give those files of a setting that can still be found, the latest first."""
    names = known if isinstance(known, list) else ()
    items = [_item(Path(str(name))) for name in names]
    return tuple(item for item in items if item is not None and not item.is_folder)
