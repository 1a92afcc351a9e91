"""How the lists of 今日工作 look, and where what they stand for is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from screens.widgets.columns import Cell, Column, Record

if TYPE_CHECKING:
    from supervise.domain.month import Progress
    from supervise.services.today import Figure

_STEP_TONES = {"done": "good", "today": "warn", "late": "bad"}
# Steps a person records here; the others are done where the notice and the interviews are.
_RECORDED_HERE = frozenset({"催报", "收表", "关账", "会签"})


def _count(record: Record) -> Cell:
    figure: Figure = record["figure"]
    tone = "bad" if figure.urgent else ("" if figure.count else "muted")
    return Cell(f"{figure.count:,}", tone)


def _title(record: Record) -> Cell:
    figure: Figure = record["figure"]
    return Cell(figure.title, "bad" if figure.urgent else "")


FIGURE_COLUMNS = (
    Column("事项", _title, 16),
    Column("数目", _count, 7, right=True),
    Column("说明", lambda r: Cell(r["figure"].note, "muted"), 12, grows=True),
)


def _planned(record: Record) -> Cell:
    step: Progress = record["step"]
    return Cell(f"{step.planned:%m-%d}", "muted" if step.state in {"done", "none"} else "")


def _state(record: Record) -> Cell:
    step: Progress = record["step"]
    return Cell(step.words, _STEP_TONES.get(step.state, "muted"))


STEP_COLUMNS = (
    Column("环节", lambda r: Cell(r["step"].step), 8),
    Column("应办", _planned, 5),
    Column("状态", _state, 10),
    Column("说明", lambda r: Cell(r["step"].note, "muted"), 8, grows=True, spare=1),
)


def recorded_as(step: str, status: str) -> str | None:
    """Give the step to be recorded on the spot; None where it is done on another page.

    `status` is the notice's: what follows its issue is recorded only once it is issued.
    """
    if step in _RECORDED_HERE:
        return step
    return "送达" if step == "印发送达" and status == "issued" else None


def asked_here(step: str, status: str) -> str | None:
    """Give the step whose day is asked for when it is opened; None where a page is gone to.

    What has come back is seen on the page of sheets before it is said to be all.
    """
    return None if step == "收表" else recorded_as(step, status)


def where_done(step: str, period: str) -> tuple[str, str]:
    """Give the area a step is done in, and what to open there."""
    if step == "提请":
        return "interviews", "interviews-proposed"
    if step == "收表":
        return "sheets", f"month:{period}"
    return "notices", f"notice-{period}"


def behind(figure: Figure, record: Record) -> str:
    """Give what a line behind a figure opens in the figure's area: the record itself if it can."""
    if record.get("target"):
        return str(record["target"])
    if figure.area == "interviews":
        from screens.unit_parts import interview_key

        return f"interview:{interview_key(record)}"
    if figure.key == "explanations-late":
        return f"explanation:{record['period']}:{record['unit']}"
    if figure.area == "notices" and record.get("period"):
        return f"notice-{record['period']}"
    return figure.target or figure.key


def area_of(key: str) -> str:
    """Give the area that what is behind a bar or a cell is in."""
    if key.startswith(("notice-", "naming:")):
        return "notices"
    return "units" if key.startswith("unit:") else "issues"
