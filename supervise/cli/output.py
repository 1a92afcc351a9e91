"""What goes to stdout, and nothing else does: one JSON document, or tables and text for people."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from supervise.errors import SuperviseError, reason
from supervise.text import cells, printable

Cell = str | int | float | None


def on_terminal() -> bool:
    """Tell whether a person looks at stdout."""
    return sys.stdout.isatty()


def document(record: object) -> None:
    """Write one JSON document: indented and free of control characters on a terminal."""
    if on_terminal():
        text = json.dumps(record, ensure_ascii=False, indent=2, default=_plain)
        text = "".join(map(_escaped, text))
    else:
        text = json.dumps(record, ensure_ascii=False, default=_plain)
    _write(text.encode("utf-8", "backslashreplace") + b"\n")


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"no JSON for {type(value).__name__}")


def _escaped(char: str) -> str:
    """Escape what could steer a terminal; in JSON such characters only stand inside strings."""
    if char.isprintable() or char in "\n\u3000":
        return char
    return json.dumps(char)[1:-1]


def lines(*texts: str) -> None:
    """Write text for people, safe for a terminal."""
    encoding = sys.stdout.encoding or "utf-8"
    _write("".join(printable(text) + "\n" for text in texts).encode(encoding, "replace"))


def raw(data: bytes) -> None:
    """Write bytes as they are: a document exported to “-”."""
    _write(data)


def _write(data: bytes) -> None:
    """Write and flush; a reader that closed its end has what it wanted."""
    try:
        stream = getattr(sys.stdout, "buffer", None)
        if stream is None:
            sys.stdout.write(data.decode("utf-8", "replace"))
        else:
            sys.stdout.flush()
            stream.write(data)
        sys.stdout.flush()
    except BrokenPipeError:
        _silence()
    except OSError as error:
        _silence()
        raise SuperviseError(
            f"结果没能输出（{reason(error)}）；已经办妥的写入仍然有效，请用 show 或 list 核对。",
            code="cannot_write",
        ) from error


def _silence() -> None:
    """Let nothing more be written, so that the end of the process is quiet."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def table(headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """Write a table: drawn for a terminal, else plain text in aligned columns, uncut."""
    cells_of = list(rows)
    right = [_numeric(column) for column in zip(*cells_of, strict=True)] or [False] * len(headings)
    body = [[_shown(cell) for cell in row] for row in cells_of]
    if on_terminal():
        _drawn(headings, body, right)
    else:
        lines(*_aligned([list(headings), *body], right))


def _shown(cell: Cell) -> str:
    if cell is None:
        return "—"
    return cell if isinstance(cell, str) and cell.isprintable() else _one_line(str(cell))


def _one_line(text: str) -> str:
    return printable(" ".join(text.split()))


def _numeric(column: Sequence[Cell]) -> bool:
    """Numbers stand to the right."""
    return any(isinstance(cell, (int, float)) for cell in column)


def _aligned(rows: Sequence[Sequence[str]], right: Sequence[bool]) -> Iterable[str]:
    sizes = [[cells(text) for text in row] for row in rows]
    widths = [max(column) for column in zip(*sizes, strict=True)]
    columns = list(zip(widths, right, strict=True))
    for row, size in zip(rows, sizes, strict=True):
        placed = (
            " " * (width - used) + text if to_right else text + " " * (width - used)
            for text, used, (width, to_right) in zip(row, size, columns, strict=True)
        )
        yield "  ".join(placed).rstrip()


def _drawn(headings: Sequence[str], body: Sequence[Sequence[str]], right: Sequence[bool]) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from supervise.cli.columns import GAP, fitted

    console = Console(markup=False, highlight=False, emoji=False)
    widths, broken = fitted([headings, *body], console.width)
    # One blank of the gap is the box's own.
    drawn = Table(
        box=box.SIMPLE_HEAD,
        padding=(0, GAP - 1, 0, 0),
        pad_edge=False,
        show_edge=False,
        header_style="bold",
    )
    texts = [[Text("\n".join(lines)) for lines in row] for row in broken]
    for heading, width, to_right in zip(texts[0], widths, right, strict=True):
        drawn.add_column(
            heading, width=width, justify="right" if to_right else "left", overflow="fold"
        )
    for row in texts[1:]:
        drawn.add_row(*row)
    with console.capture() as captured:
        console.print(drawn)
    _write(captured.get().encode(sys.stdout.encoding or "utf-8", "replace"))


def fields(pairs: Mapping[str, Cell]) -> None:
    """Write labels and values under one another; further lines of a value are indented."""
    left = max(map(cells, pairs), default=0)
    out = []
    for label, value in pairs.items():
        first, *rest = ["—"] if value is None else printable(str(value)).split("\n") or [""]
        out.append(f"{printable(label)}{' ' * (left - cells(label))}  {first}".rstrip())
        out += [f"{' ' * (left + 2)}{line}" for line in rest]
    lines(*out)
