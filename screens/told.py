"""What was done, in a sentence that names the record and what changed of it."""

from __future__ import annotations

from screens.loading import Written
from screens.widgets.columns import one_line
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
    "issue.correct": (("title", "事项"), ("due_on", "限期")),
    "interview.schedule": (("planned_on", "计划日期"),),
    "interview.hold": (("due_on", "承诺日期"),),
    "explanation.receive": (("received_on", "收到日期"),),
    "unit.rename": (("unit", "现名"),),
    "clearance.record": (("result", "结论"),),
}


# Where the step's name is no verb, the words that say it was done.
_DONE = {"issue.progress": "已记进展", "clearance.record": "已记保密审查"}


def told(written: Written) -> str:
    """Say what was done: the step, the record, where it stands now, what changed."""
    record, op = written.record, OPERATIONS[written.op]
    subject = record.get("code") or record.get("unit") or record.get("period") or ""
    subject = subject or record.get("scope") or ""
    said = [f"{_DONE.get(op.name, f'已{op.title}')}：{one_line(str(subject))}"]
    if op.noun == "explanation" and record.get("period"):
        said[0] += f" {record['period']}"
    stage = record.get("stage_name")
    if op.noun == "interview":
        from supervise.domain.interviews import STATUS_LABELS

        stage = STATUS_LABELS.get(str(record.get("status")))
    if stage:
        said.append(f"现在“{stage}”")
    for name, label in _CHANGES.get(written.op, ()):
        if record.get(name):
            said.append(f"{label} {one_line(str(record[name]))}")
    return "，".join(said)
