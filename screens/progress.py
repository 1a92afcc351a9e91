"""Long work in a thread: it tells how far it is, and can be stopped before it is kept."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from threading import Event
from typing import TYPE_CHECKING, Any, TypeVar

from textual.message import Message

from screens.loading import Failed, Host, failure
from supervise.errors import Refused
from supervise.services.session import Session

if TYPE_CHECKING:
    from textual.app import App
    from textual.widget import Widget

T = TypeVar("T")
Tell = Callable[[str, int, int], None]
Task = Callable[[Session, Tell], T]
# Seconds between two tellings: as often as an eye follows.
_EVERY = 0.1


@dataclass
class Progressed(Message):
    """How far the work is: what is being done, how many of how many."""

    phase: str
    done: int
    total: int

    def can_replace(self, message: Message) -> bool:
        """Let the newest stand for those not yet looked at."""
        return isinstance(message, Progressed)


class Stopped(Refused):
    """The user stopped the work; nothing was changed."""

    code = "stopped"


class LongWork:
    """One piece of work at a time, begun by a widget, which gets all messages of it.

    What comes of it is always told, also when stopping came too late.
    """

    def __init__(self, node: Widget) -> None:
        self._node = node
        self._stop = Event()

    def start(
        self, task: Task[T], post: Callable[[T], Message], description: str, *, write: bool
    ) -> None:
        """Begin: posts `Progressed` now and then, at the end what came of it or `Failed`."""
        app: Any = self._node.app
        self._stop.clear()
        self._node.run_worker(
            partial(self._run, app, app, task, post, write),
            group="long",
            description=description,
            exit_on_error=False,
            thread=True,
        )

    def stop(self) -> None:
        """Ask it to stop at the next row."""
        self._stop.set()

    def _run(
        self, host: Host, app: App[Any], task: Task[T], post: Callable[[T], Message], write: bool
    ) -> None:
        message: Message
        try:
            with host.visit(write=write) as session:
                message = post(task(session, self._teller()))
        except Stopped:
            message = Failed("已停下，台账未变。")
        except Exception as error:
            message = failure(error, app)
        self._node.post_message(message)

    def _teller(self) -> Tell:
        told = 0.0

        def tell(phase: str, done: int, total: int) -> None:
            nonlocal told
            if self._stop.is_set():
                raise Stopped("已停下。")
            now = time.monotonic()
            if now - told >= _EVERY or done == total:
                told = now
                self._node.post_message(Progressed(phase, done, total))

        return tell
