"""The one way from a screen to the ledger: a thread worker with a session of its own.

A worker touches no widget: it reads or writes, and posts what came of it as a message.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from textual.dom import DOMNode
from textual.message import Message
from textual.worker import get_current_worker

from supervise.errors import SuperviseError
from supervise.services.session import Session

if TYPE_CHECKING:
    from textual.app import App
    from textual.widget import Widget

T = TypeVar("T")


class Host(Protocol):
    """What a reader needs of the app: a visit to the ledger."""

    def visit(self, *, write: bool = False) -> Session:
        """Open a session of the calling thread's own."""


@dataclass
class Failed(Message):
    """Reading or writing failed; nothing was changed.

    `unexpected` marks a fault of the program rather than a refusal. `newest` is the newest event
    of a record that changed since the user saw it: the sentence has told of it.
    """

    sentence: str
    unexpected: bool = False
    newest: int | None = None


@dataclass
class Written(Message):
    """An operation was carried out: its name, the record it changed, what the user should know.

    `steps` are the values it was carried out with, one for each time.
    """

    op: str
    record: dict[str, Any]
    warnings: tuple[str, ...] = ()
    steps: tuple[Mapping[str, Any], ...] = ()


def _host(node: DOMNode) -> Host:
    host: Any = node.app
    return host  # type: ignore[no-any-return]


def failure(error: Exception, app: App[Any]) -> Failed:
    """Say what went wrong in a thread."""
    if isinstance(error, SuperviseError):
        return Failed(error.message, newest=getattr(error, "newest", None))
    app.log.error(error)
    return Failed(f"程序出错（{type(error).__name__}）：{error}。台账未变。", unexpected=True)


def _run(node: DOMNode, host: Host, write: bool, task: Callable[[Session], Message]) -> None:
    worker = get_current_worker()
    try:
        with host.visit(write=write) as session:
            message = task(session)
    except Exception as error:
        message = failure(error, node.app)
    if not worker.is_cancelled:
        node.post_message(message)


def read(
    node: Widget | App[Any],
    group: str,
    task: Callable[[Session], T],
    post: Callable[[T], Message],
    description: str = "读取台账",
) -> None:
    """Read in a thread; the newest reading of a group on a node replaces those under way."""
    node.run_worker(
        partial(_run, node, _host(node), False, lambda session: post(task(session))),
        name=group,
        group=group,
        description=description,
        exclusive=True,
        exit_on_error=False,
        thread=True,
    )


def write(node: Widget, op: str, *steps: Mapping[str, Any], seen: int | None = None) -> None:
    """Carry out an operation in a thread: posts `Written` or `Failed` to the node.

    Several `steps` of values are one transaction; the record is that of the last. `seen` is the
    newest event of the record that the user knows of; newer ones are a refusal.
    """

    def task(session: Session) -> Message:
        from supervise.services.work import step, working

        with working(session) as work:
            record = step(work, op, steps[0], seen=seen)
            for values in steps[1:]:
                record = step(work, op, values)
        return Written(op, record, tuple(session.warnings), steps)

    carry_out(node, op, task)


def carry_out(node: Widget, name: str, task: Callable[[Session], Message]) -> None:
    """Write in a thread by a service of its own; posts what the task gives, or `Failed`."""
    # Not exclusive: a write under way is never given up.
    node.run_worker(
        partial(_run, node, _host(node), True, task),
        name=name,
        group="write",
        description="写入台账",
        exit_on_error=False,
        thread=True,
    )
