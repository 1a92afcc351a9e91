"""归档: a month's papers, data and log as one package that can be checked without this program.

What a package must hold is said once more in `supervise.archive_check`, which reads it by itself.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from supervise import archive_check
from supervise.reports.document import Document, count_missing

Record = dict[str, Any]
_CHECKER = "归档预检.py"


@dataclass(frozen=True, slots=True)
class Item:
    """One 件 of the archive: a paper, who made it and when, and how long it is to be kept.

    `subject` is what the paper is about (a unit, an issue), where its title does not say.
    """

    stem: str
    document: Document
    author: str
    dated: date
    retention: str
    subject: str = ""

    @property
    def title(self) -> str:
        """Give the 题名: no two items of a kind bear the same."""
        return f"{self.document.title}（{self.subject}）" if self.subject else self.document.title


@dataclass(frozen=True, slots=True)
class Contents:
    """What goes into a package: papers, files of data, the log's lines, and what was left out.

    `changes` are what became of the notice after it was signed. `events` are stored rows: fields,
    payload, hash before, own hash. `head` is the 台账校验码.
    """

    period: str
    made_on: date
    head: str
    items: tuple[Item, ...]
    data: tuple[tuple[str, bytes], ...] = ()
    events: tuple[Sequence[Any], ...] = ()
    left_out: tuple[str, ...] = ()
    demo: bool = False
    changes: tuple[str, ...] = ()


def package(
    contents: Contents,
    draw: Callable[[Document, str], bytes],
    told: Callable[[int, int], None] = lambda *_: None,
) -> dict[str, bytes]:
    """Give every file of a package by its name inside, the manifest last.

    `draw` gives a document's bytes in the format of an ending; `told` hears how far it is.
    """
    files: dict[str, bytes] = {}
    records = []
    for number, item in enumerate(contents.items, 1):
        names = [f"文书/{number:03d}-{item.stem}{ending}" for ending in (".docx", ".pdf")]
        for name in names:
            files[name] = draw(item.document, Path(name).suffix)
        records.append(_record(number, item, names))
        told(number, len(contents.items))
    files[archive_check.ITEMS] = _json(_metadata(contents, records))
    files |= {f"数据/{name}": data for name, data in contents.data}
    files[archive_check.AUDIT] = "".join(map(_line, contents.events)).encode()
    files[_CHECKER] = Path(archive_check.__file__).read_bytes()
    files[archive_check.MANIFEST] = _json(_manifest(contents, files))
    return files


def _record(number: int, item: Item, names: list[str]) -> Record:
    return {
        "件号": number,
        "题名": item.title,
        "文号": item.document.number,
        "责任者": item.author,
        "成文日期": item.dated.isoformat(),
        "年度": item.dated.year,
        "保管期限": item.retention,
        "待填": count_missing(item.document),
        "文件": names,
    }


def _metadata(contents: Contents, records: list[Record]) -> Record:
    return {
        "月份": contents.period,
        "演示数据": contents.demo,
        "件": records,
        "签发后变动": list(contents.changes),
        "未归档": list(contents.left_out),
    }


def _manifest(contents: Contents, files: dict[str, bytes]) -> Record:
    return {
        "format": archive_check.FORMAT,
        "version": archive_check.VERSION,
        "period": contents.period,
        "made_on": contents.made_on.isoformat(),
        "head": contents.head,
        "items": len(contents.items),
        "events": len(contents.events),
        "files": [
            {"path": name, "size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
            for name, data in files.items()
        ],
    }


def _json(record: Record) -> bytes:
    return (json.dumps(record, ensure_ascii=False, indent=1) + "\n").encode()


def _line(row: Sequence[Any]) -> str:
    return json.dumps(list(row), ensure_ascii=False, separators=(",", ":")) + "\n"


def fingerprint(files: dict[str, bytes]) -> str:
    """Give the SHA-256 of a package's manifest: whoever keeps it can tell any change later."""
    return hashlib.sha256(files[archive_check.MANIFEST]).hexdigest()
