"""归档预检：核对一个归档包是否完整、可读、未被改动。

只用 Python 自带的库，可以单独拿出来用：python3 归档预检.py 归档包（文件夹或 .zip）。

It reads nothing but the package itself and trusts none of it: names that leave the package,
sizes out of all proportion and damaged files are findings, never errors.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import struct
import sys
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any

MANIFEST = "清单.json"
ITEMS = "元数据.json"
AUDIT = "审计摘录.jsonl"
FORMAT = "supervise-archive"
VERSION = 1
RETENTIONS = ("永久", "30年", "10年")
NEEDED = ("件号", "题名", "责任者", "成文日期", "年度", "保管期限", "文件")
_LARGEST = 2_000_000_000
_MOST = 100_000
_PAPERS = "文书/"
_CODE = re.compile(r"(\d+):([0-9a-f]{16})")
# Whatever reading a damaged or hostile package may raise.
_UNREADABLE = (
    OSError,
    ValueError,
    RuntimeError,
    EOFError,
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
)


def _why(error: Exception) -> str:
    """Say why something cannot be read; the libraries say it in English."""
    if isinstance(error, FileNotFoundError):
        return "没有这个文件或文件夹"
    if isinstance(error, PermissionError):
        return "没有读取的权限"
    if isinstance(error, ValueError):
        return str(error)
    return "不是 .zip 文件、加了密码，或者已经损坏"


class Package:
    """A folder or a .zip, read by the names inside it; never a path outside.

    Raises ValueError where names are not plain files, or one name stands for two.
    """

    def __init__(self, path: Path) -> None:
        self._folder = path if path.is_dir() else None
        self._zip = None if self._folder else zipfile.ZipFile(path)
        self.names = sorted(self._list())
        twice = [name for name, times in Counter(self.names).items() if times > 1]
        if twice:
            raise ValueError(f"“{twice[0]}”在包里不止一份")

    def _list(self) -> Iterator[str]:
        if self._zip is not None:
            yield from (one.filename for one in self._zip.infolist() if not one.is_dir())
            return
        assert self._folder is not None
        for folder, inner, files in os.walk(self._folder):
            for name in (*inner, *files):
                path = Path(folder, name)
                if path.is_symlink() or not (path.is_file() or path.is_dir()):
                    raise ValueError(f"“{name}”是链接或设备，不是文件")
            yield from (Path(folder, name).relative_to(self._folder).as_posix() for name in files)

    def size(self, name: str) -> int:
        """Give a file's size in bytes, as the package says."""
        if self._zip is not None:
            return self._zip.getinfo(name).file_size
        assert self._folder is not None
        return (self._folder / name).stat().st_size

    def read(self, name: str) -> bytes:
        """Read a file of the package. Raises OSError or ValueError where it is damaged."""
        if self.size(name) > _LARGEST:
            raise ValueError("文件过大")
        if self._zip is not None:
            with self._zip.open(name) as file:
                return file.read(_LARGEST)
        assert self._folder is not None
        return (self._folder / name).read_bytes()


def check(path: Path) -> list[str]:
    """List what is wrong with a package, in Chinese; an empty list when nothing is."""
    try:
        package = Package(path)
        if len(package.names) > _MOST:
            return [f"归档包里有 {len(package.names)} 个文件，多于 {_MOST} 个，不再核对。"]
        if MANIFEST not in package.names:
            return [f"缺少{MANIFEST}：这不是归档包、不完整，或重新压缩时外面多了一层文件夹。"]
        return list(_findings(package))
    except _UNREADABLE as error:
        return [f"归档包无法读取（{_why(error)}）。"]


def _findings(package: Package) -> Iterator[str]:
    manifest = _object(package, MANIFEST)
    if manifest is None or manifest.get("format") != FORMAT:
        yield f"{MANIFEST}不是归档清单。"
        return
    if manifest.get("version") != VERSION:
        yield f"归档清单的版本 {manifest.get('version')} 不认识，请用做出它的程序核对。"
        return
    listed = _listed(manifest)
    if listed is None:
        yield f"{MANIFEST}里的文件目录写得不对。"
        return
    yield from _files(package, listed)
    yield from _items(package, manifest)
    yield from _audit(package, manifest)


def _object(package: Package, name: str) -> dict[str, Any] | None:
    try:
        found = json.loads(package.read(name).decode("utf-8"))
    except (*_UNREADABLE, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _listed(manifest: dict[str, Any]) -> dict[str, tuple[Any, Any]] | None:
    """Give each listed file's size and SHA-256; None where the list itself is wrong."""
    files = manifest.get("files")
    if not isinstance(files, list):
        return None
    found = {}
    for one in files:
        if not isinstance(one, dict) or not isinstance(one.get("path"), str):
            return None
        found[one["path"]] = (one.get("size"), one.get("sha256"))
    return found if len(found) == len(files) else None


def _inside(name: str) -> bool:
    path = PurePosixPath(name)
    return not (path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name)


def _files(package: Package, listed: dict[str, tuple[Any, Any]]) -> Iterator[str]:
    for name in package.names:
        if name != MANIFEST and name not in listed:
            yield f"“{name}”不在清单里：归档后加进来的。"
    for name, (size, digest) in listed.items():
        if not _inside(name):
            yield f"清单里的“{name}”指向归档包之外。"
        elif name not in package.names:
            yield f"缺少文件“{name}”。"
        else:
            yield from _file(package, name, size, digest)


def _file(package: Package, name: str, size: Any, digest: Any) -> Iterator[str]:
    try:
        data = package.read(name)
    except _UNREADABLE as error:
        yield f"文件“{name}”无法读取（{_why(error)}）。"
        return
    if len(data) != size or hashlib.sha256(data).hexdigest() != digest:
        yield f"文件“{name}”与清单不符：归档后被改动过。"
    if name.endswith(".pdf") and not _archival(data):
        yield f"文件“{name}”不是 PDF/A。"
    if name.endswith(".docx") and not _word(data):
        yield f"文件“{name}”不是完好的 .docx。"


def _archival(data: bytes) -> bool:
    """Tell whether a PDF says that it is PDF/A: its XMP metadata is never compressed."""
    return data.startswith(b"%PDF-") and b"pdfaid:part" in data and b"%%EOF" in data[-64:]


def _word(data: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as inside:
            return "word/document.xml" in inside.namelist()
    except _UNREADABLE:
        return False


def _items(package: Package, manifest: dict[str, Any]) -> Iterator[str]:
    found = _object(package, ITEMS) if ITEMS in package.names else None
    items = found.get("件") if found else None
    if not found or not isinstance(items, list) or not all(isinstance(i, dict) for i in items):
        yield f"{ITEMS}缺失或写得不对。"
        return
    if found.get("月份") != manifest.get("period"):
        yield f"{ITEMS}的月份 {found.get('月份')} 与清单的 {manifest.get('period')} 不符。"
    if len(items) != manifest.get("items"):
        yield f"{ITEMS}有 {len(items)} 件，清单写的是 {manifest.get('items')} 件。"
    numbers = [one.get("件号") for one in items]
    if numbers != list(range(1, len(items) + 1)):
        yield f"{ITEMS}的件号不连续。"
    for one in items:
        yield from _item(package, one)
    claimed = {name for one in items for name in _names(one)}
    for name in package.names:
        if name.startswith(_PAPERS) and name not in claimed:
            yield f"“{name}”不属于{ITEMS}里的任何一件。"


def _names(item: dict[str, Any]) -> list[str]:
    """Give the files an item names; none where that is not a list of names."""
    names = item.get("文件")
    return [name for name in names if isinstance(name, str)] if isinstance(names, list) else []


def _dated(item: dict[str, Any]) -> bool:
    """Tell whether an item's date is one, and of its year."""
    try:
        return bool(date.fromisoformat(str(item["成文日期"])).year == item["年度"])
    except (KeyError, ValueError):
        return False


def _item(package: Package, item: dict[str, Any]) -> Iterator[str]:
    label = f"第 {item.get('件号')} 件“{item.get('题名')}”"
    for field in NEEDED:
        if not item.get(field):
            yield f"{label}没有写明{field}。"
    if item.get("保管期限") and item["保管期限"] not in RETENTIONS:
        yield f"{label}的保管期限“{item['保管期限']}”不是{'、'.join(RETENTIONS)}之一。"
    if not _dated(item):
        yield f"{label}的成文日期“{item.get('成文日期')}”与年度“{item.get('年度')}”不合。"
    for name in _names(item):
        if name not in package.names:
            yield f"{label}所指的文件“{name}”不在归档包里。"


def _audit(package: Package, manifest: dict[str, Any]) -> Iterator[str]:
    """Recompute the hash of each event: SHA-256 over the hash before it and its own line."""
    if AUDIT not in package.names:
        yield f"缺少{AUDIT}。"
        return
    head = _CODE.fullmatch(str(manifest.get("head")))
    if not head:
        yield "清单里没有台账校验码。"
    before: _Event | None = None
    lines = package.read(AUDIT).decode("utf-8", "replace").split("\n")[:-1]
    for count, line in enumerate(lines, 1):
        event = _event(line)
        if event is None:
            yield f"{AUDIT}第 {count} 行不是事件，或与它的校验值不符。"
            continue
        if before and not _follows(event, before):
            yield f"{AUDIT}第 {count} 行与上一行接不上。"
        if head and not _under(event, head):
            yield f"{AUDIT}第 {count} 行与清单里的台账校验码不合。"
        before = event
    if len(lines) != manifest.get("events"):
        yield f"{AUDIT}有 {len(lines)} 条，清单写的是 {manifest.get('events')} 条。"


# An event's number in the ledger, the hash before it and its own.
_Event = tuple[int, str, str]


def _event(line: str) -> _Event | None:
    try:
        *fields, payload, prev, own = json.loads(line)
    except (ValueError, TypeError, RecursionError):
        return None
    head = json.dumps([prev, *fields], ensure_ascii=False, separators=(",", ":"))
    text = f"{head[:-1]},{payload}]"
    sound = bool(fields) and isinstance(fields[0], int)
    if not sound or hashlib.sha256(text.encode("utf-8", "replace")).hexdigest() != own:
        return None
    return fields[0], prev, own


def _follows(event: _Event, before: _Event) -> bool:
    """Tell whether an event may stand after another: later, and chained to its neighbour."""
    return event[0] > before[0] and (event[0] > before[0] + 1 or event[1] == before[2])


def _under(event: _Event, head: re.Match[str]) -> bool:
    """Tell whether an event is part of a ledger with this 台账校验码."""
    seq, code = int(head[1]), head[2]
    return event[0] < seq or (event[0] == seq and event[2].startswith(code))


def main(arguments: list[str]) -> int:
    """Check the package named on the command line and say what was found."""
    if len(arguments) != 1 or arguments[0].startswith("-"):
        print("用法：python3 归档预检.py 归档包（文件夹或 .zip）")
        return 2
    problems = check(Path(arguments[0]))
    for problem in problems:
        print(problem)
    print(f"预检发现 {len(problems)} 个问题。" if problems else "预检合格：文件齐全，未被改动。")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
