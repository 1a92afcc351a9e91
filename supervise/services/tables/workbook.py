"""Reading workbooks through the process that parses them, one file after the other."""

from __future__ import annotations

import io
import json
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any, NoReturn

from supervise.errors import BadInput
from supervise.services.tables.cells import Cell, Chunk
from supervise.services.tables.sniff import MEGABYTE, password_sentence

MEMORY = 1536 * MEGABYTE
SECONDS = 60
HEAD_ROWS = 40

# Ended by SIGXCPU, or by SIGKILL a second later.
OUT_OF_TIME = (-24, -9)

WORKER = Path(__file__).with_name("worker.py")
Head = list[tuple[int, list[Cell]]]


class _Frames(pickle.Unpickler):
    """Loads what the worker sends: plain cells and dates, and no other class."""

    def find_class(self, module: str, name: str) -> object:
        """Allow the two kinds of dates."""
        if module == "datetime" and name in {"date", "datetime"}:
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name}")


class Parser:
    """The process that parses, for one file or for many: begun when there is one to open.

    Each file has its own processor time, and nearly all of the memory: a process that a file
    ended, or left with much memory in use, is followed by another for the next one.
    """

    def __init__(self) -> None:
        """Begin nothing yet."""
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Parser:
        """Use the parser in a with block."""
        return self

    def __exit__(self, *_: object) -> None:
        """End it at the end of the block."""
        self.end()

    def open(self, path: Path) -> tuple[str, Any]:
        """Have a file opened; gives the first answer."""
        order = f"open {json.dumps(str(path))}"
        if self._process is not None:
            try:
                kind, content = self.ask(order)
            except EOFError:
                kind, content = "spent", None
            if kind != "spent":
                return kind, content
            self.end()
        limits = {"memory": MEMORY, "seconds": SECONDS, "head": HEAD_ROWS}
        self._process = subprocess.Popen(
            [sys.executable, "-I", str(WORKER), json.dumps(limits)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        return self.ask(order)

    def ask(self, order: str) -> tuple[str, Any]:
        """Give an order and read the first answer. Raises EOFError where there is none."""
        pipe = self._process.stdin if self._process else None
        if pipe is None:
            raise EOFError
        try:
            pipe.write(f"{order}\n".encode())
            pipe.flush()
        except (BrokenPipeError, ValueError):
            raise EOFError from None
        return self.answer()

    def answer(self) -> tuple[str, Any]:
        """Read one answer. Raises EOFError where there is none."""
        pipe = self._process.stdout if self._process else None
        if pipe is None:
            raise EOFError
        size = pipe.read(4)
        payload = pipe.read(int.from_bytes(size, "big")) if len(size) == 4 else b""
        try:
            kind, content = _Frames(io.BytesIO(payload)).load()
        except pickle.UnpicklingError:
            raise EOFError from None
        return str(kind), content

    def status(self) -> int:
        """Say how the process ended; 0 while it runs."""
        if self._process is None:
            return 0
        try:
            return self._process.wait(timeout=1)
        except subprocess.TimeoutExpired:
            return 0

    def end(self) -> None:
        """End the process, whatever it is doing."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                _close_quietly(pipe)


class Workbook:
    """An open workbook: its sheets (name, visible), their first rows, and one sheet's rows.

    With a `parser` it is one of many read by the same process, one at a time.
    """

    def __init__(self, path: Path, parser: Parser | None = None) -> None:
        """Have the file opened; BadInput when the parser cannot make sense of it."""
        self._path = path
        self._parser = parser or Parser()
        self._own = parser is None
        # Whether rows are on their way that nobody has read.
        self._streaming = False
        self.sheets: list[tuple[str, bool]] = self._content("sheets", self._parser.open, path)

    def head(self, index: int) -> tuple[Head, int]:
        """Give the first rows of a sheet that hold something, and how many rows it claims."""
        rows, total = self._content("head", self._parser.ask, f"head {index}")
        return rows, total

    def chunks(self) -> Iterator[Chunk]:
        """Stream the rows of the sheet whose head was read last, then end the parser."""
        try:
            yield from self.stream()
        finally:
            self.close()

    def stream(self) -> Iterator[Chunk]:
        """Stream the rows of the sheet whose head was read last, to the end; go on after it."""
        self._streaming = True
        kind, content = self._answer(self._parser.ask, "rows")
        while kind != "end":
            yield Chunk(*content)
            kind, content = self._answer(self._parser.answer)
        self._streaming = False

    def close(self) -> None:
        """Let go of the file; a parser of its own, or one that is still sending, ends."""
        if self._own or self._streaming:
            self._parser.end()

    def _content(self, kind: str, ask: Callable[..., tuple[str, Any]], *order: object) -> Any:  # noqa: ANN401
        found, content = self._answer(ask, *order)
        if found != kind:
            self._fail()
        return content

    def _answer(self, ask: Callable[..., tuple[str, Any]], *order: object) -> tuple[str, Any]:
        """Read one answer; an error or a dead parser becomes BadInput."""
        try:
            kind, content = ask(*order)
        except EOFError:
            self._fail()
        if kind == "error":
            self._fail(str(content))
        return kind, content

    def _fail(self, what: str = "") -> NoReturn:
        """Raise the sentence for what ended the parser."""
        status = self._parser.status()
        self._parser.end()
        name = self._path.name
        if what == "password":
            raise BadInput(password_sentence(self._path))
        if what.startswith("broken"):
            raise BadInput(
                f"“{name}”已损坏，或不是 WPS、Excel 表格；"
                "请用 WPS 或 Excel 打开检查，另存为 .xlsx 后再导入。"
            )
        reason = "读取时间过长" if status in OUT_OF_TIME else "内容范围异常庞大或已损坏"
        raise BadInput(f"“{name}”{reason}，无法读取；请把有数据的区域复制到新建的工作簿后再导入。")


def _close_quietly(pipe: IO[bytes]) -> None:
    try:
        pipe.close()
    except BrokenPipeError:
        return
