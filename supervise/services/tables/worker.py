"""The process that parses workbooks, one after the other: a hostile file can abort it, and only it.

Run by its path (`python -I worker.py`), so it imports nothing of ours. It takes the limits as JSON
in its only argument and one order a line on stdin: `open PATH` (as JSON) answers with the file's
sheets, `head N` with the first rows of sheet N, `rows` streams the sheet asked for last. An answer
is a frame: four bytes of length, then a pickled pair (kind, content). It ends with the first file
that can't be read; where a file took much memory, `open` answers `spent`: begin another process.
"""

from __future__ import annotations

import gc
import json
import pickle
import sys
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

CHUNK_ROWS = 2000
BLANK_RUN = 1000
HEAVY_PART = 12
SIMPLE = {str, int, float, date, datetime}

Row = list[Any]


def limit(memory: int) -> None:
    """Cap this process's memory and forbid core files, where the system can."""
    try:
        import resource
    except ImportError:
        return
    for kind, most in ((resource.RLIMIT_CORE, 0), (resource.RLIMIT_AS, memory)):
        try:
            resource.setrlimit(kind, (most, most))
        except (ValueError, OSError):
            continue


def limit_time(seconds: int) -> None:
    """Give the next file its processor time, counted from now, where the system can.

    The soft limit alone moves with the files: its signal ends the process, which handles none.
    """
    try:
        import resource
    except ImportError:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    most = int(used.ru_utime + used.ru_stime) + 1 + seconds
    try:
        resource.setrlimit(resource.RLIMIT_CPU, (most, resource.getrlimit(resource.RLIMIT_CPU)[1]))
    except (ValueError, OSError):
        return


def heavy(memory: int) -> bool:
    """Tell whether the files so far took so much memory that the next might lack some."""
    return most_held() > memory // HEAVY_PART


def most_held() -> float:
    """Give the most memory this process ever held, in bytes; infinite where nobody says.

    Linux counts into `ru_maxrss` what the process that began this one held, so its own peak is
    read first.
    """
    try:
        with open("/proc/self/status", "rb") as status:
            for line in status:
                if line.startswith(b"VmHWM:"):
                    return int(line.split()[1]) * 1024
    except OSError:
        pass
    try:
        import resource
    except ImportError:
        return float("inf")
    # In KiB, on macOS in bytes.
    size = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return size * (1 if sys.platform == "darwin" else 1024)


def send(kind: str, content: object) -> None:
    """Write one frame."""
    payload = pickle.dumps((kind, content), 5)
    out = sys.stdout.buffer
    out.write(len(payload).to_bytes(4, "big"))
    out.write(payload)
    out.flush()


def placed_rows(sheet: CalamineSheet) -> Iterator[Row]:
    """Give every row from the sheet's first one, blank leading columns put back."""
    start = sheet.start
    if start is None:
        return iter(())
    rows: Iterator[Row] = sheet.iter_rows()
    if start[1]:
        margin = [""] * start[1]
        rows = (margin + row for row in rows)
    merges = [pair for pair in sheet.merged_cell_ranges or () if pair[1][0] > pair[0][0]]
    return fill_merged(rows, merges) if merges else rows


def fill_merged(rows: Iterable[Row], merges: list[Any]) -> Iterator[Row]:
    """Repeat the value of a cell merged over several rows in every row it covers."""
    starts: dict[int, list[Any]] = {}
    for (top, left), (bottom, right) in merges:
        starts.setdefault(top, []).append((bottom, left, right))
    active: list[tuple[int, int, int, Any]] = []
    for index, row in enumerate(rows):
        active = [merge for merge in active if merge[0] >= index]
        for bottom, left, right in starts.get(index, ()):
            if left < len(row):
                active.append((bottom, left, right, row[left]))
        for _, left, right, value in active:
            if value != "":
                stop = min(right + 1, len(row))
                row[left:stop] = [value] * (stop - left)
        yield row


def numbered_rows(sheet: CalamineSheet) -> Iterator[tuple[int, Row]]:
    """Give the rows that hold something; a long run of blank ones ends the sheet."""
    blank = 0
    for number, row in enumerate(placed_rows(sheet), 1):
        if row.count("") < len(row):
            blank = 0
            yield number, row
            continue
        blank += 1
        if blank > BLANK_RUN:
            return


def packed(column: tuple[Any, ...]) -> list[object]:
    """Make a column cheap to send: equal cells become one, odd types become text."""
    kinds = set(map(type, column))
    if not kinds <= SIMPLE:
        return [plain(cell) for cell in column]
    seen: dict[Any, Any] = {}
    return [seen.setdefault(cell, cell) for cell in column]


def plain(cell: object) -> object:
    """Give a time or a duration as text; everything else as it is."""
    return str(cell) if isinstance(cell, (time, timedelta)) else cell


def stream(rows: Iterator[tuple[int, Row]]) -> None:
    """Send all rows in chunks by column, then the end."""
    numbers: list[int] = []
    cells: list[Row] = []
    for number, row in rows:
        numbers.append(number)
        cells.append(row)
        if len(numbers) == CHUNK_ROWS:
            send("rows", (numbers, [packed(column) for column in zip(*cells, strict=True)]))
            numbers, cells = [], []
    if numbers:
        send("rows", (numbers, [packed(column) for column in zip(*cells, strict=True)]))
    send("end", None)


def head(sheet: CalamineSheet, count: int) -> None:
    """Send the first rows that hold something, and how many rows the sheet claims."""
    rows = []
    for number, row in numbered_rows(sheet):
        rows.append((number, [plain(cell) for cell in row]))
        if len(rows) >= count:
            break
    send("head", (rows, sheet.total_height + 1 if sheet.start else 0))


def opened(path: str) -> CalamineWorkbook:
    """Open a workbook from an open file, so that its name says nothing of its kind."""
    import python_calamine

    with open(path, "rb") as file:
        return python_calamine.CalamineWorkbook.from_filelike(file)


def sheets_of(book: CalamineWorkbook) -> list[tuple[str, bool]]:
    """List the worksheets: name, visible."""
    import python_calamine

    return [
        (meta.name, meta.visible == python_calamine.SheetVisibleEnum.Visible)
        for meta in book.sheets_metadata
        if meta.typ == python_calamine.SheetTypeEnum.WorkSheet
    ]


def serve(limits: dict[str, int]) -> None:
    """Answer orders until stdin ends."""
    book: CalamineWorkbook | None = None
    sheet: CalamineSheet | None = None
    sheets: list[tuple[str, bool]] = []
    served = False
    for line in sys.stdin.buffer:
        verb, _, what = line.decode().strip().partition(" ")
        if verb == "open":
            book = sheet = None
            if served and heavy(limits["memory"]):
                send("spent", None)
                return
            served = True
            limit_time(limits["seconds"])
            book = opened(json.loads(what))
            sheets = sheets_of(book)
            send("sheets", sheets)
        elif verb == "head" and book is not None:
            sheet = book.get_sheet_by_name(sheets[int(what)][0])
            head(sheet, limits["head"])
        elif verb == "rows" and sheet is not None:
            stream(numbered_rows(sheet))


def main() -> None:
    """Serve workbooks under limits; whatever goes wrong with one is told in one frame."""
    limits = json.loads(sys.argv[1])
    limit(limits["memory"])
    # Millions of small cells and no cycles: the collector would only look for nothing.
    gc.disable()
    try:
        serve(limits)
    except BrokenPipeError:
        sys.stderr.close()
    except MemoryError:
        send("error", "memory")
    # A panic inside the parser is no Exception.
    except BaseException as error:
        password = type(error).__name__ == "PasswordError"
        send("error", "password" if password else f"broken: {type(error).__name__}")


if __name__ == "__main__":
    main()
