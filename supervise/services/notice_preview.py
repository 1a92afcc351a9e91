"""What a person sees before a notice is signed, corrected or withdrawn; nothing is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from supervise.domain.before_issue import Check
from supervise.domain.facts import NoticeFacts
from supervise.domain.ladder_records import Entry, Notice
from supervise.errors import SuperviseError
from supervise.services import notice_issue, notice_records, units
from supervise.services.naming import Board
from supervise.services.notice_corrections import corrected
from supervise.services.notice_follows import follows
from supervise.services.session import Session


@dataclass(frozen=True, slots=True)
class Preview:
    """What was looked at, what will stand on record (label and value), and what follows."""

    checks: tuple[Check, ...] = ()
    record: tuple[tuple[str, str], ...] = ()
    follows: tuple[str, ...] = ()

    @property
    def refusal(self) -> str:
        """Why it can't be done; empty when it can."""
        return next(("".join(c.says) for c in self.checks if c.verdict == "refuse"), "")


def _looked(name: str, look: Callable[[], Preview]) -> Preview:
    """Give what a rule says against it as a check of its own."""
    try:
        return look()
    except SuperviseError as error:
        return Preview((Check(name, "refuse", (error.message,), error.code),))


def of_issue(
    session: Session,
    period: str,
    series: str | None = None,
    on: date | None = None,
    number: str | None = None,
    delivered_on: date | None = None,
) -> Preview:
    """Look at a draft as it would be signed: the checks, what is signed, what follows."""

    def look() -> Preview:
        notice = notice_records.find(session, period, series)
        day = on or session.today
        ready = notice_issue.prepare(session, notice, day, number, delivered_on)
        said = _signed(ready.notice, ready.facts)
        return Preview(ready.checks, said, follows(session, ready.notice))

    return _looked("签发", look)


_POLARITIES = {"named": "点名", "praised": "表扬", "noted": "提示"}


def _signed(notice: Notice, facts: NoticeFacts) -> tuple[tuple[str, str], ...]:
    """List what is being signed: number, dates, and every name by kind."""
    matters = sum(len(entry.matters) for entry in facts.named)
    names = []
    for polarity, label in _POLARITIES.items():
        found = [e for e in facts.entries if e.polarity == polarity and e.status == "effective"]
        if found or polarity == "named":
            units_named = "、".join(e.unit for e in found) or "无"
            about = f"{len(found)}家" + (f"{matters}项" if polarity == "named" else "")
            names.append((label, f"{about}：{units_named}"))
    exempt = [entry.unit for entry in facts.entries if entry.status == "exempt"]
    if exempt:
        names.append(("免予点名", f"{len(exempt)}家：{'、'.join(exempt)}"))
    return (
        ("通报", f"{notice.period} {notice.series}"),
        ("文号", notice.number or "未填"),
        ("签发日期", str(notice.issued_on)),
        ("送达日期", str(notice.delivered_on or "未填")),
        ("截止日期", str(notice.cutoff)),
        *names,
    )


def of_correction(
    session: Session,
    period: str,
    series: str | None = None,
    unit: str | None = None,
    unit_id: str | None = None,
    action: str | None = None,
    on: date | None = None,
) -> Preview:
    """Say what follows from correcting one entry of an issued notice."""
    if action is None or not (unit or unit_id):
        return Preview(record=(("更正", "先选单位和更正方式"),))

    def look() -> Preview:
        notice = notice_records.find(session, period, series)
        subject = Board(session).accountable(units.find(session.conn, unit, unit_id).id)
        day = on or session.today
        entry = corrected(session, notice, subject, action, "", day)
        supposed = replace(notice, entries=_with(notice.entries, entry))
        record = (("更正", f"{notice.period} {notice.series}：{action} {entry.name}"),)
        return Preview(_since(notice, "更正日期", day), record, follows(session, supposed))

    return _looked("更正", look)


def _with(entries: tuple[Entry, ...], entry: Entry) -> tuple[Entry, ...]:
    key = (entry.unit_id, entry.polarity)
    return (*(one for one in entries if (one.unit_id, one.polarity) != key), entry)


def of_withdrawal(
    session: Session, period: str, series: str | None = None, on: date | None = None
) -> Preview:
    """Say what follows from withdrawing an issued notice: all its namings are void."""

    def look() -> Preview:
        notice = notice_records.find(session, period, series)
        named = [e.name for e in notice.entries if e.status == "effective"]
        record = (
            ("撤回", f"{notice.period} {notice.series} {notice.number or ''}".rstrip()),
            ("自始无效", f"{len(named)}家：{'、'.join(named)}" if named else "没有列名"),
        )
        supposed = replace(notice, status="withdrawn")
        checks = _since(notice, "撤回日期", on or session.today)
        return Preview(checks, record, follows(session, supposed))

    return _looked("撤回", look)


def _since(notice: Notice, label: str, on: date) -> tuple[Check, ...]:
    if notice.issued_on is None:
        return (Check("状态", "refuse", ("这个月的通报没有签发。",), "not_allowed"),)
    if on < notice.issued_on:
        told = f"{label} {on} 早于签发日期 {notice.issued_on}。"
        return (Check("日期", "refuse", (told,), "refused"),)
    return ()
