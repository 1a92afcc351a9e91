"""Files marked 秘密, 机密 or 绝密 are refused: the program is for non-classified work."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import NoReturn

from supervise.errors import Refused
from supervise.services.tables.cells import Cell, cell_text

# 商业秘密 is a kind of case, 计算机密码 a word: neither is a marking.
_IN_NAME = re.compile("(?<!商业)(?<!技术)(?<!个人)秘密|机密(?!码)|绝密")
_MARK = re.compile(
    r"(密级[::]?)?[(\[【〔]?(秘密|机密|绝密)"
    r"(?!级|等|性|程|码|案件|问题|类)([★☆*·)\]】〕\d]|$|.*(台账|清单|文件|资料|材料|表|事项))"
)
_IN_BRACKETS = re.compile(r"[(\[【〔](秘密|机密|绝密)(★[^)\]】〕]*)?[)\]】〕]")
_MARK_CELL = re.compile(r"(密级:?)?[(\[【〔]?(秘密|机密|绝密)级?([★☆*·].*)?[)\]】〕]?")
_LEVEL_HEADINGS = frozenset({"密级", "秘密等级", "保密等级", "涉密等级", "文件密级"})


def _folded(text: str) -> str:
    """Take out blanks and full-width forms: a mark is often spread out (机　密)."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def is_mark(text: str) -> bool:
    """Tell whether a cell is a mark and nothing else: 秘密, 机密★1年, 密级:绝密."""
    return bool(_MARK_CELL.fullmatch(_folded(text)))


def is_marked_title(text: str) -> bool:
    """Tell whether a title carries a mark: at its beginning, or in brackets anywhere."""
    folded = _folded(text)
    return bool(_MARK.match(folded) or _IN_BRACKETS.search(folded))


def is_level_heading(text: str) -> bool:
    """Tell whether a column holds each row's secrecy level."""
    return _folded(text) in _LEVEL_HEADINGS


def is_marked_name(path: Path) -> bool:
    """Tell whether a file's name says that it is classified."""
    return bool(_IN_NAME.search(_folded(path.name)))


def refuse_marked_name(path: Path) -> None:
    """Refuse a file whose name says that it is classified."""
    if is_marked_name(path):
        refuse(path, "文件名")


def refuse_marked_titles(path: Path, texts: Iterable[Cell], where: str) -> None:
    """Refuse a file with a mark in its titles, headings or sheet names."""
    for text in texts:
        if isinstance(text, str) and is_marked_title(cell_text(text)):
            refuse(path, where)


def refuse(path: Path, where: str) -> NoReturn:
    """Raise the refusal of a classified file."""
    raise Refused(
        f"“{path.name}”的{where}标有密级，本程序只处理非涉密工作，不予读取；"
        "请按保密规定在涉密设备上办理。",
        code="classified",
    )
