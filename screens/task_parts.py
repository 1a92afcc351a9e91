"""What the page of tasks shows: columns, filters, and one task line by line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from screens.widgets.columns import Cell, Column, Record, field, one_line
from screens.widgets.counts import Choice as View
from supervise.domain.task_lights import COLOURS, RULES
from supervise.domain.tasks import KINDS

TONES = {"red": "bad", "yellow": "warn", "green": "good", "grey": "muted"}
ALL = "all"
_ACTION = "action:"
_FIGURES = 3


def _light(record: Record) -> Cell:
    return Cell(f"{COLOURS[record['light']]} {record['light_why']}", TONES[record["light"]])


def _latest(record: Record) -> Cell:
    """The newest figure beside its target; how many targets wait where there is none."""
    latest = record["latest"]
    if latest is None:
        return Cell(f"{record['targets']}项未报" if record["targets"] else "", "muted")
    return Cell(f"{latest['value']} / {latest['target']}")


def _next(record: Record) -> Cell:
    step = record["next"]
    return Cell("" if step is None else f"{step['due_on'][5:]} {step['milestone']}")


COLUMNS = (
    Column("编号", field("task"), 4),
    Column("任务", field("title"), 16, grows=3),
    Column("牵头", field("unit"), 14, grows=1, spare=2),
    Column("最近 / 目标", _latest, 24, spare=3),
    Column("灯", _light, 24, grows=3),
    Column("下一节点", _next, 18, spare=1),
)
SHEET_COLUMNS = (
    Column("项目", field("part", "strong"), 6),
    Column("时间", field("when", "muted"), 10),
    Column("情况", lambda r: Cell(r["words"], r["tone"]), 20, grows=True),
)


def filters(tasks: Iterable[Record]) -> list[View]:
    """Give the filters: all, by light, then the actions."""
    lights = [View(key, f"{word}灯") for key, word in reversed(COLOURS.items())]
    names = dict.fromkeys(str(one["action"]) for one in tasks)
    order = [View(key, key.partition(":")[2]) for key in (f"{_ACTION}{name}" for name in names)]
    by_weight = sorted(lights, key=lambda one: list(TONES).index(one.key))
    return [View(ALL, "全部"), *by_weight, View("", ""), *order]


def _fits(key: str, task: Record) -> bool:
    if key.startswith(_ACTION):
        return str(task["action"]) == key.removeprefix(_ACTION)
    return key in {ALL, task["light"]}


def numbers(tasks: Sequence[Record]) -> dict[str, int]:
    """Count what each filter shows."""
    return {one.key: len(rows(tasks, one.key)) for one in filters(tasks) if one.key}


def rows(tasks: Iterable[Record], key: str) -> list[Record]:
    """Give the tasks that a filter shows."""
    return [one for one in tasks if _fits(key, one)]


def filter_title(key: str) -> str:
    """Give the name of a filter."""
    if key.startswith(_ACTION):
        return key.removeprefix(_ACTION)
    return f"{COLOURS[key]}灯" if key in COLOURS else "全部任务"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a task; `step` or `target` name the step or target it is about."""

    part: str
    when: str
    words: str
    tone: str = ""
    step: str = ""
    target: str = ""


def sheet(task: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Lay out a task line by line; the name of a part stands on its first line only."""
    found, last = [], ""
    for number, line in enumerate(_lines(task)):
        part = line.part if line.part != last else ""
        last = line.part
        found.append({**asdict(line), "key": f"{number}-{line.part}", "part": part})
    return found


def _lines(task: Mapping[str, Any]) -> Iterator[Line]:
    yield from _head(task)
    for one in task["milestones"]:
        words = f"{one['milestone']}：{_judged(one)}"
        yield Line("节点", one["due_on"], words, TONES[one["light"]], step=one["milestone"])
    for one in task["indicators"]:
        yield from _indicator(one)
    for one in reversed(task["progress"]):
        yield Line("进展", one["on"], f"{one['note']}（{one['by']}）")
    for colour, rule in RULES.items():
        yield Line("亮灯", "", f"{COLOURS[colour]}：{rule}", "muted")


def _head(task: Mapping[str, Any]) -> Iterator[Line]:
    light = f"{COLOURS[task['light']]} {task['light_why']}"
    yield Line("任务", task["done_on"] or task["ended_on"] or "", light, TONES[task["light"]])
    yield Line("任务", task["due_on"] or "", f"{task['title']}（{task['action']}）")
    leads = "、".join(filter(None, (task["unit"], *task["joint"])))
    yield Line("单位", "牵头", leads or "还没有写牵头单位，不列入通报", "" if leads else "warn")
    if task["co_units"]:
        yield Line("单位", "配合", "、".join(task["co_units"]))
    if task["source"]:
        tone = "warn" if task["sample"] else "muted"
        yield Line("出处", "样例" if task["sample"] else "", task["source"], tone)


def _judged(one: Mapping[str, Any]) -> str:
    done = f"，{one['done_on']}" if one["done_on"] else ""
    striven = "（力争）" if one["strength"] == "力争" else ""
    return f"{COLOURS[one['light']]} {one['light_why']}{done}{striven}"


def _indicator(one: Mapping[str, Any]) -> Iterator[Line]:
    name = one["indicator"]
    if one["kind"] == "none":
        yield Line("指标", "", name, "muted", target=name)
        return
    kind = "" if one["kind"] == "target" else f"（{KINDS[one['kind']]}）"
    words = (
        f"{name}{kind} {one['strength']}{one['target']}，最近 {one['latest']}，"
        f"{COLOURS[one['light']]} {one['light_why']}"
    )
    when = one["due_on"] or "滚动"
    yield Line("指标", when, words, TONES[one["light"]], target=name)
    for report in reversed(one["measurements"][-_FIGURES:]):
        against = f"，对照 {report['reference']}" if report["reference"] else ""
        evidence = f"，{report['evidence']}" if report["evidence"] else ""
        told = f"　{one_line(report['value'])}{against}（{report['by']}{evidence}）"
        yield Line("指标", report["period"], told, "muted", target=name)
    if one["remark"]:
        yield Line("指标", "", f"　口径：{one['remark']}", "muted", target=name)
