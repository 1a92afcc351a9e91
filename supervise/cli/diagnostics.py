"""What goes to stderr, and nothing else does: warnings, progress, refusals, usage errors."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from supervise.cli.front import Front
from supervise.errors import Exit, SuperviseError
from supervise.text import printable

ROWS_SHOWN = 20


def guarded(front: Front, task: Callable[[], int | None]) -> int:
    """Carry out a task that may give a status; whatever it raises becomes a sentence and one."""
    try:
        return task() or Exit.DONE
    except SuperviseError as error:
        return refuse(front, error)
    except KeyboardInterrupt:
        return refuse(front, SuperviseError("已取消，台账未变。", code="cancelled"))
    except Exception as error:
        if os.environ.get("SUPERVISE_DEBUG"):
            raise
        return refuse(front, _unexpected(error))


def say(*sentences: str) -> None:
    """Write sentences to stderr, one a line, safe for a terminal; a closed stderr is no error."""
    try:
        for sentence in sentences:
            text = printable(sentence)
            encoding = sys.stderr.encoding or "utf-8"
            sys.stderr.write(text.encode(encoding, "backslashreplace").decode(encoding) + "\n")
        sys.stderr.flush()
    except (OSError, ValueError, AttributeError):
        pass


def warn(*sentences: str) -> None:
    """Tell what the person should know though the command goes on."""
    say(*(f"提示：{sentence}" for sentence in sentences))


def refuse(front: Front, error: SuperviseError) -> int:
    """Tell why nothing was done: a sentence with its rows, or the JSON document of an error.

    Gives the exit status.
    """
    if front.json:
        from supervise.cli import output

        output.document(error.as_json())
        return error.exit_status
    say(f"错误：{error.message}")
    for row in error.rows[:ROWS_SHOWN]:
        column = f"“{row.column}”" if row.column else ""
        say(f"  第 {row.row} 行{column}：{row.message}")
    if len(error.rows) > ROWS_SHOWN:
        say(f"  另有 {len(error.rows) - ROWS_SHOWN} 行。")
    return error.exit_status


def _unexpected(error: Exception) -> SuperviseError:
    """Keep an error nobody foresaw in the log, and say where."""
    place = _log(error)
    kept = f"详情已记入 {place}" if place else "详情没能记下，可设 SUPERVISE_DEBUG=1 重做查看"
    name = type(error).__name__
    return SuperviseError(f"程序出错（{name}），未完成的写入全部撤销。{kept}。", code="internal")


def _log(error: Exception) -> Path | None:
    import logging

    from platformdirs import user_state_path

    try:
        folder = user_state_path("supervise", appauthor=False)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = folder / "supervise.log"
        os.close(os.open(path, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600))
        handler = logging.FileHandler(path, encoding="utf-8", errors="backslashreplace")
    except OSError:
        return None
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    log = logging.getLogger("supervise")
    log.propagate = False
    log.addHandler(handler)
    try:
        log.error("Unexpected error: %s", sys.argv[1:3], exc_info=error)
    finally:
        log.removeHandler(handler)
        handler.close()
    return path


@contextmanager
def progress(title: str) -> Iterator[Callable[..., None]]:
    """Show how far a long task is, on a terminal only.

    The function takes done and total, after the phase's name where there are phases.
    """
    if not sys.stderr.isatty():
        yield _silent
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    console = Console(stderr=True, markup=False, highlight=False, emoji=False)
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(printable(title), total=None)

        def show(*said: str | int) -> None:
            *phase, done, total = said
            words = f"{title}：{phase[0]}" if phase else title
            bar.update(task, description=printable(words), completed=int(done), total=int(total))

        yield show


def _silent(*_: object) -> None:
    """Take the progress of a task nobody watches."""
