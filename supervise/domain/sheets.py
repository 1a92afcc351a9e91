"""The sheets that go out to units and come back (发表—收表—对账): what a row means.

A unit may report progress, hand an issue in and ask for a later date; nothing else it writes is
ever taken over. What it changed beside that is a difference, shown three ways: ours, theirs, as
last sent.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from supervise.domain.dates import period_of
from supervise.domain.records import Stage
from supervise.text import clean_line, cut

CODE, TITLE, DETAIL, ASSIGNED, DUE, STAGE = (
    "编号",
    "事项",
    "问题详情",
    "交办日期",
    "办理期限",
    "当前阶段",
)
PROGRESS, MEASURES, SUBMITTED, EXTEND, REASON, CONTACT = (
    "进展情况",
    "整改措施",
    "报请复核日期",
    "申请延期至",
    "延期理由",
    "联系人",
)
LOCKED = (CODE, TITLE, DETAIL, ASSIGNED, DUE, STAGE)
OPEN = (PROGRESS, MEASURES, SUBMITTED, EXTEND, REASON, CONTACT)
HEADINGS = (*LOCKED, *OPEN)
DATES = frozenset({ASSIGNED, DUE, SUBMITTED, EXTEND})

# Steps of the office, or of the unit, after which a row still says what is so.
HARMLESS = frozenset({"issue.urge", "issue.sign", "issue.evidence"})

# What names the complainant stands behind the detail, and is no part of what is compared.
PARTY_LINE = "诉求人："
_PARTY = re.compile(rf"\n?{PARTY_LINE}[^\n]*\Z")
_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]')
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)")
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Row:
    """One issue as a sheet shows it; `party` says who complained, where the unit may know."""

    issue_id: int
    code: str
    title: str
    detail: str
    assigned_on: date | None
    due_on: date | None
    stage: Stage
    party: str = ""
    party_digest: str = ""

    @property
    def writable(self) -> bool:
        """Whether the unit has something to report about it."""
        return self.stage is Stage.RECTIFY

    @property
    def detail_shown(self) -> str:
        """The detail, with who complained on a line of its own."""
        parts = (self.detail, f"{PARTY_LINE}{self.party}" if self.party else "")
        return "\n".join(filter(None, parts))

    def locked(self) -> dict[str, str]:
        """Give the locked cells as text, as they are compared: without who complained."""
        return {
            CODE: self.code,
            TITLE: self.title,
            DETAIL: self.detail,
            ASSIGNED: iso(self.assigned_on),
            DUE: iso(self.due_on),
            STAGE: self.stage.label,
        }

    def digest(self, ledger: str, period: str) -> str:
        """Hash the row as sent, with the ledger and the month it belongs to."""
        return digest(ledger, period, *self.locked().values(), self.party_digest)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a unit wrote into one row.

    `wrong` maps the column of a date that can't be read to what stands there and why not.
    """

    progress: str = ""
    measures: str = ""
    submitted_on: date | None = None
    extend_to: date | None = None
    reason: str = ""
    contact: str = ""
    wrong: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def said(self) -> tuple[object, ...]:
        """What counts when two sheets of one unit are compared: all but whom to ask."""
        wrong = tuple(sorted((column, text) for column, (text, _) in self.wrong.items()))
        return (
            self.progress,
            self.measures,
            self.submitted_on,
            self.extend_to,
            self.reason,
            wrong,
        )

    @property
    def empty(self) -> bool:
        """Whether nothing was filled in that could be taken over."""
        written = self.progress or self.measures or self.reason or self.wrong
        return not (written or self.submitted_on or self.extend_to)


class Step(NamedTuple):
    """One operation that a row asks for: `heading` is the column it comes from.

    `on` is the day it is about where the row says one; None is the day the sheet came in.
    `digest` knows it again when the same sheet comes in another time.
    """

    op: str
    heading: str
    shown: str
    values: Mapping[str, str]
    digest: str
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """Something filled in that can't become a step, and why."""

    heading: str
    shown: str
    message: str


def digest(*parts: str) -> str:
    """Hash texts one after the other, each with its length: none can run into the next."""
    line = "".join(f"{len(part)}:{part}" for part in parts)
    return hashlib.sha256(line.encode()).hexdigest()[:32]


def iso(day: date | None) -> str:
    """Write a date as text; none is an empty cell."""
    return "" if day is None else day.isoformat()


def steps(answer: Answer) -> tuple[Step, ...]:
    """Say which steps a row asks for, in the order they are taken: progress, asking, handing in.

    Measures without a day of handing in are progress. Whom to ask is noted with the first step.
    """
    asked = (_progress(answer), _asked(answer), _handed_in(answer))
    found = [one for one in asked if one is not None]
    if found and answer.contact:
        first = found[0]
        note = "\n".join(filter(None, (first.values.get("note"), f"联系人：{answer.contact}")))
        found[0] = first._replace(values={**first.values, "note": note})
    return tuple(found)


def _progress(answer: Answer) -> Step | None:
    handed_in = answer.submitted_on is not None or SUBMITTED in answer.wrong
    measures = f"整改措施：{answer.measures}" if answer.measures and not handed_in else ""
    text = "\n".join(filter(None, (answer.progress, measures)))
    if not text:
        return None
    heading = PROGRESS if answer.progress else MEASURES
    known = digest("progress", text)
    return Step("issue.progress", heading, text, {"note": text}, known, answer.submitted_on)


def _asked(answer: Answer) -> Step | None:
    if answer.extend_to is None or not answer.reason:
        return None
    due = answer.extend_to.isoformat()
    values = {"due_on": due, "reason": answer.reason}
    return Step("issue.ask", EXTEND, due, values, digest("ask", due, answer.reason))


def _handed_in(answer: Answer) -> Step | None:
    on = answer.submitted_on
    if on is None or not answer.measures:
        return None
    known = digest("submit", on.isoformat(), answer.measures)
    values = {"measures": answer.measures}
    return Step("issue.submit", SUBMITTED, on.isoformat(), values, known, on)


def faults(answer: Answer) -> tuple[Fault, ...]:
    """List what was filled in but can't be taken over as it stands."""
    found = [Fault(column, text, why) for column, (text, why) in answer.wrong.items()]
    if answer.submitted_on is not None and not answer.measures:
        shown = answer.submitted_on.isoformat()
        found.append(Fault(SUBMITTED, shown, f"报请复核须写明“{MEASURES}”。"))
    if answer.extend_to is not None and not answer.reason:
        shown = answer.extend_to.isoformat()
        found.append(Fault(EXTEND, shown, f"申请延期须写明“{REASON}”。"))
    if answer.reason and answer.extend_to is None and EXTEND not in answer.wrong:
        found.append(Fault(REASON, answer.reason, f"写了延期理由，没有写“{EXTEND}”。"))
    return tuple(found)


def differs(theirs: str, last: str, ours: str) -> bool:
    """Tell whether a locked cell was changed by the unit into something that is not so.

    What it left as it was sent is no difference, however it stands here now.
    """
    given = _plain(theirs)
    return given != _plain(last) and given != _plain(ours)


def without_party(text: str) -> str:
    """Take away the line that says who complained: it is never compared nor kept."""
    return _PARTY.sub("", text)


def same(one: str, other: str) -> bool:
    """Tell whether two cells say the same, however programs broke or spaced the lines."""
    return _plain(one) == _plain(other)


def _plain(text: str) -> str:
    """Take away what programs change by themselves: blanks, line breaks, who complained."""
    return re.sub(r"\s+", "", without_party(text))


def conflicting(answers: Iterable[Answer]) -> bool:
    """Tell whether several sheets say different things of one issue; an empty row says nothing."""
    return len({answer.said for answer in answers if not answer.empty}) > 1


def default_period(today: date) -> str:
    """Give the month whose sheets are sent and collected now: the one that is running."""
    return period_of(today)


def file_name(unit: str, period: str) -> str:
    """Name a unit's workbook; what no system takes in a file name is left out."""
    plain = _UNSAFE.sub("_", clean_line(unit)).strip(" .")
    if not plain or _RESERVED.fullmatch(plain):
        plain = f"单位_{plain}".rstrip("_")
    return f"{cut(plain, _LONGEST_NAME).rstrip('… .')}_{period}.xlsx"


def distinct(names: Iterable[str]) -> tuple[str, ...]:
    """Number those file names that a file system takes for the same."""
    taken: set[str] = set()
    found = []
    for name in names:
        stem, number, given = name.removesuffix(".xlsx"), 1, name
        while given.casefold() in taken:
            number += 1
            given = f"{stem}({number}).xlsx"
        taken.add(given.casefold())
        found.append(given)
    return tuple(found)
