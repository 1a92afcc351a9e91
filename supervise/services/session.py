"""One visit to a ledger: its path, the business date, the clock and the recorder, all passed in."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta, timezone
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from db import connection
from db.driver import Connection
from db.failures import DriverError, failure

if TYPE_CHECKING:
    from supervise.domain.calendar import Calendar
    from supervise.domain.pack import Pack

# Asia/Shanghai has had no daylight saving since 1991; a fixed offset needs no tzdata.
SHANGHAI = timezone(timedelta(hours=8))


def now() -> datetime:
    """Give the real clock in Asia/Shanghai, to the second."""
    return datetime.now(SHANGHAI).replace(microsecond=0)


def business_today() -> date:
    """Give the date in Asia/Shanghai, whatever zone the host is in."""
    return now().date()


def login_name() -> str:
    """Give the login name: who records what is entered."""
    for name in ("LOGNAME", "USER", "USERNAME"):
        if os.environ.get(name):
            return os.environ[name]
    with suppress(Exception):
        import getpass

        return getpass.getuser()
    return "未知用户"


def random_salt() -> str:
    """Give 16 random bytes in hex: what makes a complainant's digest, or a ledger, unguessable."""
    return os.urandom(16).hex()


def _quiet() -> None:
    return None


@dataclass
class Session:
    """An open ledger and what a service needs to know of the world.

    `today` is the business date, `clock` the real clock, `recorder` the login name, `salt` gives
    one for each complainant stored, and a new ledger its identity. `warn` takes sentences that are
    not refusals. Reading opens the driver alone; `write` a connection that may. A ledger of an
    older format is upgraded first, or refused where `upgrading` is False.
    """

    path: Path
    today: date
    clock: Callable[[], datetime] = now
    recorder: str = field(default_factory=login_name)
    write: bool = False
    upgrading: bool = True
    waiting: Callable[[], None] = _quiet
    salt: Callable[[], str] = random_salt
    warnings: list[str] = field(default_factory=list)

    @cached_property
    def conn(self) -> Connection:
        """The connection of this thread, opened at first use."""
        return connection.open_ledger(self.path, write=self.write, upgrading=self.upgrading)

    @cached_property
    def pack(self) -> Pack:
        """The rule pack in force."""
        from supervise.services.packs import current

        return current(self.conn)

    @cached_property
    def calendar(self) -> Calendar:
        """The ledger's calendar of working days."""
        from db.calendars import current

        return current(self.conn)

    def beside(self, today: date, pack: Pack) -> Session:
        """Give a session that reads the same open ledger on another day or under other rules."""
        other = replace(self, today=today, write=False)
        other.__dict__.update(conn=self.conn, calendar=self.calendar, pack=pack)
        return other

    def forget(self, *names: str) -> None:
        """Drop what was read once (`pack`, `calendar`), after it changed."""
        for name in names:
            self.__dict__.pop(name, None)

    def warn(self, sentence: str) -> None:
        """Say something the user should know, once."""
        if sentence not in self.warnings:
            self.warnings.append(sentence)

    def close(self) -> None:
        """Close the connection, if one was opened."""
        conn = self.__dict__.pop("conn", None)
        if conn is not None:
            conn.close()

    def __enter__(self) -> Session:
        return self

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        """Close; a driver's error met while reading becomes a sentence here."""
        self.close()
        if isinstance(error, DriverError):
            raise failure(self.path, error) from error
