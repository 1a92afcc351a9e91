"""Reading text files of separated values: which encoding, which separator, row by row."""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from statistics import mode

from supervise.errors import BadInput
from supervise.services.tables.cells import Chunk, chunk_of
from supervise.services.tables.sniff import MEGABYTE

CHUNK_ROWS = 2000
BLANK_RUN = 1000
SEPARATORS = ",\t;"
# A detail may be long; a quote never closed must not swallow the file.
MAX_FIELD = 131_072

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
ENCODING_NAMES = {
    "utf-8-sig": "UTF-8（带 BOM）",
    "utf-8": "UTF-8",
    "utf-16": "UTF-16",
    "gb18030": "GB18030",
}

# Python's codec follows GB18030-2005; the 2022 edition moved these out of the private use area.
_MOVED = {
    0xE78D: 0xFE10, 0xE78E: 0xFE12, 0xE78F: 0xFE11, 0xE790: 0xFE13, 0xE791: 0xFE14,
    0xE792: 0xFE15, 0xE793: 0xFE16, 0xE794: 0xFE17, 0xE795: 0xFE18, 0xE796: 0xFE19,
    0xE816: 0x20087, 0xE817: 0x20089, 0xE818: 0x200CC, 0xE81E: 0x9FB4, 0xE826: 0x9FB5,
    0xE82B: 0x9FB6, 0xE82C: 0x9FB7, 0xE831: 0x215D7, 0xE832: 0x9FB8, 0xE83B: 0x2298F,
    0xE843: 0x9FB9, 0xE854: 0x9FBA, 0xE855: 0x241FE, 0xE864: 0x9FBB,
}  # fmt: skip
_MOVED_ANY = re.compile("[" + "".join(map(chr, _MOVED)) + "]")


def detect_encoding(path: Path) -> tuple[str, int]:
    """Give a text file's encoding and its number of lines: BOM, then UTF-8, then GB18030."""
    with path.open("rb") as file:
        start = file.read(4)
    for bom, name in _BOMS:
        if start.startswith(bom):
            return name, _decodes(path, name) or _refuse(path)
    for name in ("utf-8", "gb18030"):
        lines = _decodes(path, name)
        if lines is not None:
            return name, lines
    return "", _refuse(path)


def count_lines(path: Path, encoding: str) -> int:
    """Count the lines of a text file said to be in an encoding (a key of `ENCODING_NAMES`).

    Raises BadInput when it does not decode so.
    """
    lines = _decodes(path, encoding) if encoding in ENCODING_NAMES else None
    if lines is None:
        name = ENCODING_NAMES.get(encoding, encoding)
        raise BadInput(f"“{path.name}”按 {name} 读不出文字；请换一种编码，或让程序自己辨认。")
    return lines


def _decodes(path: Path, encoding: str) -> int | None:
    """Count a file's lines while decoding all of it, or give None when it does not decode."""
    decoder = codecs.getincrementaldecoder(encoding)()
    lines = 1
    try:
        with path.open("rb") as file:
            while block := file.read(MEGABYTE):
                decoder.decode(block)
                lines += block.count(b"\n")
            decoder.decode(b"", final=True)
    except UnicodeError:
        return None
    return lines


def _refuse(path: Path) -> int:
    raise BadInput(
        f"“{path.name}”的文字编码无法识别（不是 UTF-8 也不是 GB18030，或文件不完整）；"
        "请用 WPS 或 Excel 打开，另存为 .xlsx 后再导入。"
    )


def text_lines(path: Path, encoding: str) -> Iterator[str]:
    """Give a text file's lines, its characters as GB18030-2022 has them."""
    with path.open(encoding=encoding, newline="") as file:
        if encoding != "gb18030":
            yield from file
            return
        for line in file:
            yield line.translate(_MOVED) if _MOVED_ANY.search(line) else line


def detect_separator(lines: list[str]) -> str:
    """Choose comma, tab or semicolon: the one that cuts the first lines into most columns."""

    def columns(separator: str) -> int:
        try:
            widths = [len(row) for row in csv.reader(lines, delimiter=separator) if any(row)]
        except csv.Error:
            return 0
        return mode(widths) if widths else 0

    return max(SEPARATORS, key=columns)


def records(path: Path, encoding: str) -> Iterator[tuple[int, list[str]]]:
    """Give the rows that hold something, numbered as a spreadsheet shows them."""
    separator = detect_separator(list(islice(text_lines(path, encoding), 20)))
    csv.field_size_limit(MAX_FIELD)
    number = blank = 0
    try:
        for row in csv.reader(text_lines(path, encoding), delimiter=separator):
            number += 1
            if any(row):
                blank = 0
                yield number, row
            elif (blank := blank + 1) > BLANK_RUN:
                return
    except csv.Error:
        raise BadInput(
            f"“{path.name}”第 {number + 1} 行起无法分列，多半是引号没有成对；"
            "请用 WPS 或 Excel 打开检查，另存为 .xlsx 后再导入。"
        ) from None


def text_chunks(path: Path, encoding: str, width: int) -> Iterator[Chunk]:
    """Stream a text file by columns; cells right of `width` are left out."""
    rows = records(path, encoding)
    while batch := list(islice(rows, CHUNK_ROWS)):
        numbers = [number for number, _ in batch]
        yield chunk_of(numbers, [row[:width] for _, row in batch], width)
