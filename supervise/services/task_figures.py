"""What is reported on tasks: progress in words, and figures by month."""

from __future__ import annotations

from fractions import Fraction

from db import units as unit_store
from supervise.domain import measures
from supervise.domain.tasks import Indicator, Measurement, Task
from supervise.errors import BadInput, NotFound, Refused
from supervise.services.tasks import figure, find, running, save
from supervise.services.work import Record, Work


def progress(work: Work, task: str) -> Record:
    """任务进展: keep what the lead reports, in the note."""
    found = running(work, task)
    _by_lead(work, found)
    return save(work, found)


def _by_lead(work: Work, task: Task) -> None:
    """Let the lead unit stand as the doer unless somebody is named."""
    if work.by is None and task.lead is not None:
        work.by = unit_store.get(work.conn, task.lead).name


def _indicator(task: Task, named: str) -> Indicator:
    for one in task.indicators:
        if named == one.name or named == str(one.no):
            return one
    if not task.indicators:
        raise NotFound(f"任务 {task.code} 还没有指标，请先设定（supervise task target）。")
    known = "、".join(one.name for one in task.indicators)
    raise NotFound(f"任务 {task.code} 没有“{named}”这项指标，已有：{known}。")


def measure(
    work: Work,
    task: str,
    indicator: str,
    period: str,
    numerator: str | None = None,
    denominator: str | None = None,
    value: str | None = None,
    reference: str | None = None,
    evidence: str | None = None,
) -> Record:
    """填报数据: a figure of a month, as a value or as numerator and denominator, never both.

    Reporting a month again on another day keeps both; the later one counts.
    """
    found = find(work, task)
    if found.ended_on is not None:
        raise Refused(f"任务 {found.code} 已终止，不能填报。", code="not_allowed")
    one = _indicator(found, indicator)
    if period > f"{work.on:%Y-%m}":
        raise Refused(f"数据月份 {period} 晚于填报日期 {work.on}。", code="future_date")
    said = Measurement(
        period,
        work.on,
        figure("数值", value),
        figure("分子", numerator),
        figure("分母", denominator),
        figure("对照值", reference),
        evidence,
    )
    _reported_once(one, said)
    _by_lead(work, found)
    part, whole = said.numerator, said.denominator
    if one.measured_in == "%" and part is not None and whole is not None and part > whole:
        work.session.warn(
            f"指标“{one.name}”的分子 {measures.plain(part)} 大于分母 {measures.plain(whole)}："
            "占比不会超过 100%，请核对；增长、超额完成的除外。"
        )
    return save(work, found, measurements=[_stored_measurement(one.no, said, work.actor)])


def _reported_once(one: Indicator, said: Measurement) -> None:
    pair = (said.numerator, said.denominator)
    if (said.value is None) == (None in pair):
        raise BadInput(
            f"指标“{one.name}”请填数值，或同时填分子和分母，不要都填。", code="bad_field"
        )
    if said.value is not None and pair != (None, None):
        raise BadInput(f"指标“{one.name}”填了数值，就不填分子、分母。", code="bad_field")
    if said.denominator is not None and said.denominator < 0:
        raise BadInput(f"指标“{one.name}”的分母不能小于零。", code="bad_field")
    if one.judged and one.aim is None and said.reference is None:
        raise BadInput(
            f"指标“{one.name}”与{one.baseline}相比，请填对照值（reference）。", code="bad_field"
        )


def _stored_measurement(no: int, said: Measurement, by: str) -> Record:
    def text(value: Fraction | None) -> str | None:
        return None if value is None else measures.plain(value)

    return {
        "no": no,
        "period": said.period,
        "on_date": said.on.isoformat(),
        "value": text(said.value),
        "numerator": text(said.numerator),
        "denominator": text(said.denominator),
        "reference": text(said.reference),
        "evidence": said.evidence,
        "by_name": by,
    }
