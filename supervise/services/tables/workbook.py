"""Reading a workbook through the process that parses it."""

from __future__ import annotations

import io
import json
import pickle
import subprocess
import sys
from collections.abc import Iterator
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


class Workbook:
    """An open workbook: its sheets (name, visible), their first rows, and one sheet's rows."""

    def __init__(self, path: Path) -> None:
        """Start the parser; BadInput when it cannot make sense of the file."""
        self._path = path
        order = {"path": str(path), "memory": MEMORY, "seconds": SECONDS, "head": HEAD_ROWS}
        self._process = subprocess.Popen(
            [sys.executable, "-I", str(WORKER), json.dumps(order)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self.sheets: list[tuple[str, bool]] = self._expect("sheets")

    def head(self, index: int) -> tuple[Head, int]:
        """Give the first rows of a sheet that hold something, and how many rows it claims."""
        self._order(f"head {index}")
        rows, total = self._expect("head")
        return rows, total

    def chunks(self) -> Iterator[Chunk]:
        """Stream the rows of the sheet whose head was read last, then end the parser."""
        try:
            yield from self.stream()
        finally:
            self.close()

    def stream(self) -> Iterator[Chunk]:
        """Stream the rows of the sheet whose head was read last, to the end; go on after it."""
        self._order("rows")
        while True:
            kind, content = self._frame()
            if kind == "end":
                return
            yield Chunk(*content)

    def close(self) -> None:
        """End the parser, whatever it is doing."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                _close_quietly(pipe)

    def _order(self, line: str) -> None:
        pipe = self._process.stdin
        assert pipe is not None
        try:
            pipe.write(f"{line}\n".encode())
            pipe.flush()
        except (BrokenPipeError, ValueError):
            self._fail()

    def _expect(self, kind: str) -> Any:  # noqa: ANN401
        found, content = self._frame()
        if found != kind:
            self._fail()
        return content

    def _frame(self) -> tuple[str, Any]:
        """Read one answer; an error or a dead parser becomes BadInput."""
        pipe = self._process.stdout
        assert pipe is not None
        size = pipe.read(4)
        payload = pipe.read(int.from_bytes(size, "big")) if len(size) == 4 else b""
        try:
            kind, content = _Frames(io.BytesIO(payload)).load()
        except (EOFError, pickle.UnpicklingError):
            self._fail()
        if kind == "error":
            self._fail(str(content))
        return str(kind), content

    def _fail(self, what: str = "") -> NoReturn:
        """Raise the sentence for what ended the parser."""
        try:
            status = self._process.wait(timeout=1)
        except subprocess.TimeoutExpired:
            status = 0
        self.close()
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
