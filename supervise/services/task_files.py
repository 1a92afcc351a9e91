"""Files of tasks: TOML, or a table with one row for each target or step."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from supervise.domain.toml_records import unreadable
from supervise.errors import BadInput, RowError
from supervise.services.tables.batch import Row, read_named

HEADINGS = {
    "任务编号": "task",
    "编号": "task",
    "行动": "action",
    "任务": "title",
    "任务名称": "title",
    "牵头单位": "unit",
    "责任单位": "unit",
    "单位代码": "unit_id",
    "共同牵头": "joint",
    "配合单位": "co_units",
    "时限": "due_on",
    "完成时限": "due_on",
    "出处": "source",
    "节点": "milestone",
    "节点时限": "milestone_due_on",
    "节点力度": "milestone_strength",
    "指标": "indicator",
    "指标类别": "kind",
    "比较": "comparator",
    "目标值": "value",
    "区间上限": "high",
    "计量单位": "measured_in",
    "基数": "baseline",
    "力度": "strength",
    "指标时限": "target_due_on",
    "口径说明": "remark",
}
# What a value is called where a row is refused: the first of its headings.
_LABELS = {name: heading for heading, name in reversed(HEADINGS.items())}
_TASK = ("task", "action", "title", "unit", "unit_id", "joint", "co_units", "due_on", "source")
_TARGET = (
    "indicator", "kind", "comparator", "value", "high", "measured_in", "baseline", "strength",
    "remark",
)  # fmt: skip
_LARGEST = 2_000_000
_SIGNS = {"≥": ">=", "≤": "<=", "＞": ">", "＜": "<", "＝": "=", "至": "range", "区间": "range"}
_HEADER = re.compile(r"^\s*\[\[\s*tasks\s*\]\]")


@dataclass(slots=True)
class Plan:
    """One task of a file as it is written: its own values, its steps, its targets."""

    row: int
    code: str
    task: dict[str, Any]
    milestones: list[dict[str, Any]] = field(default_factory=list)
    targets: list[dict[str, Any]] = field(default_factory=list)


def read(path: Path, sheet: str | None = None) -> tuple[list[Plan], list[RowError]]:
    """Read a file of tasks, and say which of its rows can't be; BadInput for none that can."""
    if path.suffix.lower() != ".toml":
        return _of_rows(path, sheet)
    try:
        if path.stat().st_size > _LARGEST:
            raise BadInput(f"“{path.name}”太大，不像任务文件。")
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        raise BadInput(f"读不了“{path.name}”，请核对路径，并存为 UTF-8 文本。") from None
    return of_text(text, path.name), []


def of_text(text: str, name: str) -> list[Plan]:
    """Read tasks from TOML: [[tasks]] with [[tasks.milestones]] and [[tasks.targets]]."""
    try:
        table = tomllib.loads(text.removeprefix("\ufeff"))
    except RecursionError:
        raise BadInput(f"“{name}”的括号嵌套太深，请检查。") from None
    except tomllib.TOMLDecodeError as error:
        raise BadInput(f"“{name}”{unreadable(error)}") from None
    lines = [n for n, line in enumerate(text.splitlines(), 1) if _HEADER.match(line)]
    found = table.get("tasks")
    if not isinstance(found, list) or not found or len(found) != len(lines):
        raise BadInput(f"“{name}”里没有任务，请用 [[tasks]] 逐项写。")
    source = table.get("source")
    return [_of_table(one, row, source, name) for one, row in zip(found, lines, strict=True)]


def _of_table(table: object, row: int, source: object, name: str) -> Plan:
    if not isinstance(table, dict):
        raise BadInput(f"“{name}”第 {row} 行的任务写法不对，请写成 [[tasks]] 一节。")
    values = dict(table)
    steps, targets = (_tables(values.pop(k, []), row, name) for k in ("milestones", "targets"))
    if isinstance(source, str):
        values.setdefault("source", source)
    plan = Plan(row, str(values.get("task", "")), _plain(values), steps, targets)
    return _with_code(plan, name)


def _tables(found: object, row: int, name: str) -> list[dict[str, Any]]:
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise BadInput(f"“{name}”第 {row} 行起的任务：节点和指标请写成 [[tasks.targets]] 一节。")
    return [_plain(one) for one in found]


def _plain(values: Mapping[str, object]) -> dict[str, Any]:
    """Take what can stand in a field: text, numbers, days, yes or no, lists of texts."""
    kept: dict[str, Any] = {}
    for key, value in values.items():
        if isinstance(value, str | int | float | date | list):
            kept[key] = value
        else:
            kept[key] = str(value)
    return _signs(kept)


def _with_code(plan: Plan, name: str) -> Plan:
    if not plan.code.strip():
        raise BadInput(f"“{name}”第 {plan.row} 行的任务没有编号（task）。")
    return plan


def _signs(values: dict[str, Any]) -> dict[str, Any]:
    said = values.get("comparator")
    if isinstance(said, str):
        plain = said.strip()
        values["comparator"] = _SIGNS.get(plain) or unicodedata.normalize("NFKC", plain)
    return values


def _of_rows(path: Path, sheet: str | None) -> tuple[list[Plan], list[RowError]]:
    """Read a table; rows below the first of a task may leave its own cells blank."""
    found = read_named(path, HEADINGS, sheet=sheet)
    errors = list(found.errors)
    plans: dict[str, Plan] = {}
    code = ""
    for number, values in found.rows:
        code = str(values.get("task") or code)
        if not code:
            errors.append(RowError(number, "任务编号", "没有任务编号"))
            continue
        plan = plans.setdefault(code, Plan(number, code, {"task": code}))
        errors += _add(plan, (number, values))
    return list(plans.values()), errors


def _add(plan: Plan, row: Row) -> Iterable[RowError]:
    """Add what a row says of a task; gives what contradicts the rows above."""
    number, values = row
    errors = []
    for name in _TASK:
        if name in values and plan.task.setdefault(name, values[name]) != values[name]:
            errors.append(RowError(number, _LABELS[name], f"与任务 {plan.code} 前面的行不同"))
    if "milestone" in values:
        step = {"milestone": values["milestone"], "due_on": values.get("milestone_due_on")}
        strength = values.get("milestone_strength")
        plan.milestones.append({**step, "strength": strength} if strength else step)
    if "indicator" in values:
        target = {name: values[name] for name in _TARGET if name in values}
        if "target_due_on" in values:
            target["due_on"] = values["target_due_on"]
        plan.targets.append(_signs(target))
    return errors
