"""A small office to try things with: one ledger, one session, operations as a batch writes them."""

from __future__ import annotations

import json
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from supervise.services import changes, issue_records, notice_records
from supervise.services.arguments import typed
from supervise.services.registry import OPERATIONS
from supervise.services.session import SHANGHAI, Session
from supervise.services.verify import verify
from supervise.services.work import perform

Record = dict[str, Any]
TODAY = date(2024, 12, 31)


class Office:
    """An open ledger; `do` carries out one operation and gives its record.

    What is recorded is stamped at noon of `today`, which a test moves on as it likes.
    """

    def __init__(self, path: Path, today: date = TODAY) -> None:
        self.path = path
        self.session = Session(path, today, self._clock, "经办甲", write=True)

    def _clock(self) -> datetime:
        return datetime.combine(self.today, time(12), SHANGHAI)

    @property
    def today(self) -> date:
        return self.session.today

    @today.setter
    def today(self, day: date | str) -> None:
        self.session.today = date.fromisoformat(day) if isinstance(day, str) else day

    def do(self, op: str, **fields: object) -> Record:
        return perform(self.session, op, typed(OPERATIONS[op], fields))

    def warned(self) -> str:
        """Give the warnings since the last call, as one text."""
        text = "".join(self.session.warnings)
        self.session.warnings.clear()
        return text

    def unit(self, name: str, **fields: object) -> None:
        self.do("unit.add", unit=name, **fields)

    def given(
        self,
        unit: str = "市住建局",
        due: str | None = "2024-06-28",
        on: str = "2024-06-03",
        **fields: object,
    ) -> str:
        """Register an issue and give it out; gives its code."""
        code = self.do("issue.add", title="道路塌陷", found_on=on, on=on, **fields)["code"]
        self.do("issue.assign", issue=code, unit=unit, due_on=due, on=on)
        return code

    def submit(self, code: str, on: str) -> Record:
        return self.do("issue.submit", issue=code, measures="已整改", on=on)

    def issue(self, code: str) -> Record:
        return issue_records.shown(self.session, code)

    def notice(self, period: str) -> Record:
        return notice_records.shown(self.session, period)

    def named(self, period: str) -> dict[str, list[str]]:
        """Map each unit effectively named in a month to the issues it is named for."""
        return {
            entry["unit"]: [code for reason in entry["reasons"] for code in reason["issues"]]
            for entry in self.notice(period)["entries"]
            if entry["polarity"] == "named" and entry["status"] == "effective"
        }

    def publish(self, period: str, on: str, **fields: object) -> Record:
        """Draft a month's notice and issue it."""
        self.do("notice.draft", period=period, on=on)
        return self.do("notice.issue", period=period, on=on, **fields)

    def head(self) -> int:
        """Give the newest event's number: the same number, nothing was written."""
        return changes.head(self.session)

    def verified(self) -> Record:
        """Replay the log; it must give the tables as they are."""
        result = verify(self.session)
        assert result["ok"], result["problems"]
        return result

    def log(self) -> str:
        """Give everything the event log holds, as text."""
        rows = self.session.conn.execute("SELECT * FROM event").fetchall()
        return json.dumps([list(row) for row in rows], ensure_ascii=False)

    def close(self) -> None:
        self.session.close()
