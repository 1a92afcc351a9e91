"""What was done, in a sentence that names the record and what changed of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from screens.loading import Written
from screens.widgets.columns import one_line, shorten
from supervise.services.registry import OPERATIONS

# What a step changes that is worth saying: the record's field, and its label.
_CHANGES = {
    "issue.accept": (("urgency", "定级"), ("category", "类别")),
    "issue.assign": (("unit", "责任单位"), ("due_on", "限期")),
    "issue.transfer": (("unit", "责任单位"), ("due_on", "限期")),
    "issue.extend": (("original_due_on", "原限期"), ("due_on", "限期")),
    "issue.reclassify": (("urgency", "定级"), ("due_on", "限期")),
    "issue.return": (("due_on", "限期"),),
    "issue.reopen": (("due_on", "限期"),),
    "issue.resume": (("due_on", "限期"),),
    "issue.feedback": (("satisfaction", "回访"),),
    "interview.schedule": (("planned_on", "计划日期"),),
    "interview.hold": (("due_on", "承诺日期"),),
    "explanation.receive": (("received_on", "收到日期"),),
    "clearance.record": (("result", "结论"),),
}


# Cells that a value corrected takes in a toast.
_LONGEST = 40
# Where the step's name is no verb, the words that say it was done.
_DONE = {
    "issue.progress": "已记进展",
    "issue.feedback": "已记回访",
    "issue.revisit": "已记回头看",
    "issue.ask": "已记延期申请",
    "issue.extend": "已批准延期",
    "unit.rename": "已更名",
    "unit.alias": "已登记别名",
    "unit.merge": "已合并",
    "interview.close": "约谈已办结",
    "explanation.receive": "书面说明已收到",
    "clearance.record": "已记保密审查",
}


def told(written: Written, before: Mapping[str, Any] | None = None) -> str:
    """Say what was done: the step, the record, where it stands now, what changed.

    `before` is the record as it was shown: a correction tells the old value beside the new one.
    """
    record, op = written.record, OPERATIONS[written.op]
    subject = record.get("code") or record.get("unit") or record.get("period") or ""
    subject = subject or record.get("scope") or ""
    if written.op == "unit.rename" and before:
        subject = f"{before['name']} → {subject}"
    if written.op == "unit.merge" and written.steps:
        subject = f"{subject} 并入 {written.steps[-1].get('into')}"
    said = [f"{_DONE.get(op.name, f'已{op.title}')}：{one_line(str(subject))}"]
    if op.noun == "explanation" and record.get("period"):
        said[0] += f" {record['period']}"
    stage = record.get("stage_name")
    if op.noun == "interview":
        from supervise.domain.interviews import STATUS_LABELS

        stage = STATUS_LABELS.get(str(record.get("status")))
    if op.verb == "correct":
        return "，".join([*said, *_corrected(written, before or {})])
    if written.op == "issue.revisit" and written.steps:
        # What was found leaves the issue where it is.
        said[0] += f" {one_line(str(written.steps[-1].get('result', '')))}"
    elif stage:
        said.append(f"现在“{stage}”")
    for name, label in _CHANGES.get(written.op, ()):
        if record.get(name):
            said.append(f"{label} {one_line(str(record[name]))}")
    return "，".join(said)


def _corrected(written: Written, before: Mapping[str, Any]) -> Iterator[str]:
    """Say field by field what stood there and what stands there now."""
    values = written.steps[-1] if written.steps else {}
    labels = {one.name: one.label for one in OPERATIONS[written.op].fields if not one.subject}
    if written.op == "issue.correct":
        from supervise.domain.corrections import FIELDS

        field = str(values.get("field", ""))
        name = next((key for key, label in FIELDS.items() if field in {key, label}), field)
        labels = {name: FIELDS.get(name, field)}
        values = {name: written.record.get(name) or values.get("value")}
    for name, label in labels.items():
        if name in values and name not in {"unit_id", "reason"}:
            yield f"{label} {_short(before.get(name))} → {_short(values[name])}"


def _short(value: object) -> str:
    words = one_line("" if value is None else str(value))
    return shorten(words, _LONGEST) if words else "（空）"
