"""为什么 as lines: the chain behind a printed line, each part as deep as it rests on another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

Record = Mapping[str, Any]


class Line(NamedTuple):
    """One line of the chain: how deep it stands, what it is (a part, a fact), and its words."""

    depth: int
    label: str
    words: str

    @property
    def text(self) -> str:
        """The line as it is read."""
        return f"{self.label}：{self.words}" if self.label else self.words


def lines(record: Record, depth: int = 0) -> Iterator[Line]:
    """Give the lines of a `why` record: the conclusion first, below it what it rests on."""
    yield Line(depth, "", record["line"])
    inner = depth + 1
    yield from _grounds(record, inner)
    for month in record.get("months", ()):
        yield from lines(month, inner)
    for matter in record.get("matters", ()):
        yield Line(inner, "", f"{matter['code']} {matter['title']}（{matter['stage_name']}）")
        yield from _dates(matter, inner + 1)
    for other in record.get("others", ()):
        yield Line(inner, "", other["line"])
        yield from (Line(inner + 1, "限期", words) for words in other["dates"])
        yield from _dates(other, inner + 1)
    yield from _dates(record, inner)


def _grounds(record: Record, depth: int) -> Iterator[Line]:
    """Tell notice, rules, check, the seven questions and the warnings."""
    if record.get("notice"):
        notice = record["notice"]
        number = notice["number"] or "未编文号"
        issued = f"{notice['issued_on']} 签发" if notice["issued_on"] else "未签发"
        yield Line(depth, "通报", f"{number}，{issued}，截止 {notice['cutoff']}")
    for rule in record.get("rules", ()):
        said = f"{rule['criterion']}；依据 {rule['clause']}；口径 {rule['reading']}"
        yield Line(depth, "规则", said)
    if record.get("check"):
        check = record["check"]
        yield Line(depth, "核对", f"{check['result']}（{check['on'] or '日期未记'} {check['by']}）")
    for one in record.get("questions", ()):
        label = "核" if one["ok"] else "注意"
        yield Line(depth, label, f"{one['question']}：{one['answer']}")
    for warning in record.get("warnings", ()):
        yield Line(depth, "注意", warning)


def _dates(record: Record, depth: int) -> Iterator[Line]:
    """Tell how a date came about, what was recorded, and the evidence."""
    for due in record.get("due", ()):
        yield Line(depth, "限期", due["sentence"])
        skipped = [f"{d['date']} {d['why']}" for d in due["days"] if not d["counted"]]
        if skipped:
            yield Line(depth + 1, "不计", "，".join(skipped))
    for event in record.get("events", ()):
        ref = f"（{event['ref']}）" if event["ref"] else ""
        told = f"：{event['told']}" if event.get("told") else ""
        said = f"{event['on']} {event['title']} {event['by']}{ref}{told}"
        yield Line(depth, f"记录 {event['seq']}", said)
    for one in record.get("evidence", ()):
        stored = f"（SHA-256 {one['sha256']}）" if one["sha256"] else ""
        yield Line(depth, "佐证", f"{one['name']}{stored}")
