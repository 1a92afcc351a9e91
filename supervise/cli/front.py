"""What every command is told: which ledger, which day is today, whether to answer in JSON."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from supervise.config import default_ledger
from supervise.errors import BadInput, Refused

if TYPE_CHECKING:
    from supervise.services.session import Session


@dataclass(slots=True)
class Front:
    """The global options, wherever on the command line they stood."""

    json: bool = False
    ledger: str | None = None
    today_text: str | None = None
    reading: bool = False

    def take(
        self,
        json: object = None,
        ledger: object = None,
        today: object = None,
        read_only: object = None,
    ) -> None:
        """Take over the global options of one part of the command line; the last one said wins."""
        self.json = self.json or bool(json)
        self.ledger = str(ledger) if ledger else self.ledger
        self.today_text = str(today) if today else self.today_text
        self.reading = self.reading or bool(read_only)

    @property
    def read_only(self) -> bool:
        """Whether nothing may be written: as said, or by the environment."""
        return self.reading or os.environ.get("SUPERVISE_READ_ONLY", "") not in {"", "0"}

    def expect_writing(self) -> None:
        """Refuse a command that writes while the ledger is only read."""
        if self.read_only:
            raise Refused(
                "现在是只读方式（--read-only 或环境变量 SUPERVISE_READ_ONLY），不能办理；"
                "要办理请去掉它再试。",
                code="read_only",
            )

    @property
    def path(self) -> Path:
        """The ledger's path: as said, else the environment's, else the user's own."""
        return Path(self.ledger).expanduser() if self.ledger else default_ledger()

    @property
    def today(self) -> date:
        """The business date. Raises BadInput when what was said is no date."""
        said = self.today_text or os.environ.get("SUPERVISE_TODAY")
        if not said:
            from supervise.services.session import business_today

            return business_today()
        from supervise.domain.dates import parse_date

        try:
            return parse_date(said)
        except ValueError as error:
            raise BadInput(f"“今天”（--today）：{error}。", code="bad_field") from None

    @contextmanager
    def session(self, *, write: bool = False) -> Iterator[Session]:
        """Open the ledger for one command; what the services warn of is told when it is done."""
        from supervise.cli import diagnostics
        from supervise.services.session import Session

        if write:
            self.expect_writing()
        wait = partial(diagnostics.say, "别人正在写入台账，等候中……")
        upgrading = not self.read_only
        with Session(
            self.path, self.today, write=write, waiting=wait, upgrading=upgrading
        ) as session:
            yield session
        diagnostics.warn(*session.warnings)
