"""One issue in full: where it is, what it is, what can be done, what set its date, its history."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from screens.widgets.choices import Choices
from screens.widgets.columns import one_line
from screens.widgets.stepper import Stepper
from screens.words import field_words, operation_word
from supervise.services.choices import Choice
from supervise.services.session import Session
from supervise.text import printable

Record = Mapping[str, Any]
Line = tuple[str, str]
_SHOWN_CHANGES = (
    "due_on",
    "urgency",
    "category",
    "title",
    "measures",
    "reply",
    "satisfaction",
    "escalated",
)
_TEXTS = (("detail", "详情"), ("instruction", "批示"), ("measures", "整改措施"), ("reply", "答复"))
_FACTS = {
    "reason": "理由",
    "conclusion": "审查结论",
    "method": "复核方式",
    "result": "结果",
    "reviewers": "复核人员",
    "into": "并入",
    "asked_on": "申请日期",
}


@dataclass(frozen=True, slots=True)
class Whole:
    """An issue's full record and the steps it can take."""

    record: Record
    choices: tuple[Choice, ...]


def read_whole(session: Session, code: str) -> Whole:
    """Read an issue in full; called in a thread."""
    from supervise.services import choices, issue_records

    return Whole(issue_records.shown(session, code), choices.of_issue(session, code))


class IssueDetail(VerticalScroll, can_focus=True):
    """The detail pane; None shows nothing."""

    @dataclass
    class Shown(Message):
        """Another issue is shown."""

        whole: Whole

    def compose(self) -> ComposeResult:
        """Lay out the parts, one below the other."""
        yield Static("", id="title")
        yield Stepper("", id="stepper")
        yield Static("", id="facts")
        yield Static("", id="steps-title", classes="title")
        yield Choices(id="moves")
        yield Static("", id="more")

    def show(self, whole: Whole | None) -> None:
        """Show an issue."""
        record = None if whole is None else whole.record
        self.set_class(whole is None, "-empty")
        self.query_one(Stepper).show(record)
        self.query_one("#moves", Choices).show(whole.choices if whole else ())
        self.query_one("#title", Static).update(_title(record))
        self.query_one("#facts", Static).update(_join(_facts(record)))
        self.query_one("#steps-title", Static).update(Content("现在可办" if record else ""))
        self.query_one("#more", Static).update(_join(_more(record)))


def _title(record: Record | None) -> Content:
    if record is None:
        return Content("没有选中事项")
    return Content.assemble(
        (f"{one_line(str(record['code']))}  ", "$primary bold"),
        (one_line(str(record["title"])), "bold"),
    )


def _join(lines: Iterator[Sequence[Line]]) -> Content:
    parts: list[Line] = []
    for line in lines:
        parts += [*line, ("\n", "")]
    return Content.assemble(*parts[:-1]) if parts else Content("")


def _fact(label: str, value: object, tone: str = "$foreground") -> list[Line]:
    return [(f"{label}  ", "$muted"), (one_line(str(value)), tone)]


def _facts(record: Record | None) -> Iterator[Sequence[Line]]:
    if record is None:
        return
    co = "、".join(record.get("co_units") or ())
    unit = record.get("unit") or "(未定)"
    yield _fact("责任单位", unit + (f",配合 {co}" if co else ""))
    yield _due(record)
    origin = " ".join(str(record[k]) for k in ("source", "source_no", "batch") if record.get(k))
    kind = " ".join(str(record[k]) for k in ("category", "urgency") if record.get(k))
    if origin or kind:
        yield _fact("来源类别", "  ".join(filter(None, (origin, kind))))
    if record.get("handler"):
        yield _fact("经办人  ", record["handler"])
    if record.get("party") or record.get("contact"):
        who = " ".join(str(record[k]) for k in ("party", "contact") if record.get(k))
        yield _fact("诉求人  ", f"{who}({record.get('disclosure') or ''})")
    if record.get("satisfaction"):
        yield _fact("回访    ", record["satisfaction"])


def _due(record: Record) -> list[Line]:
    due = record.get("due_on")
    line = _fact("限    期", due or "—")
    first = record.get("original_due_on")
    if first and first != due:
        line.append((f"(原 {first})", "$muted"))
    if record.get("paused_on"):
        line.append((f"  暂停计时,自 {record['paused_on']}", "$warning"))
    if record.get("overdue"):
        still = record["stage"] == "rectify"
        words = f"  {'' if still else '曾'}超期 {record['overdue_days']} 天"
        line.append((words, "$error bold" if still else "$muted"))
    counts = [
        f"{word} {record[key]} 次"
        for key, word in (("returns", "退回"), ("reopens", "反弹"))
        if record.get(key)
    ]
    if counts:
        line.append((f"  {'、'.join(counts)}", "$warning"))
    return line


def _more(record: Record | None) -> Iterator[Sequence[Line]]:
    if record is None:
        return
    yield from _clocks(record)
    yield from _texts(record)
    yield [("经过", "$primary bold")]
    for event in reversed(record.get("events") or []):
        yield from _event(event)


def _clocks(record: Record) -> Iterator[Sequence[Line]]:
    clocks = record.get("clocks") or []
    if not clocks:
        return
    yield [("期限", "$primary bold"), ("  Ctrl+D 逐日说明", "$muted")]
    for clock in clocks:
        yield from _clock(clock)
    yield [("", "")]


def _clock(clock: Record) -> Iterator[Sequence[Line]]:
    how = f"起 {clock['term']}" if clock.get("term") else "起,指定日期"
    first, unit = clock.get("original_due_on") or "无限期", one_line(str(clock.get("unit") or ""))
    yield [(f"  {clock['start']} {how}  ", "$muted"), (first, ""), (f"  {unit}", "$muted")]
    for shift in clock.get("shifts") or []:
        word = operation_word(f"issue.{shift['op']}")
        yield [(f"    {shift['effective']} {word}  ", "$muted"), (f"{shift['after'] or '无'}", "")]
    if clock.get("provisional"):
        yield [("    暂定:该年节假日安排未公布", "$warning")]


def _texts(record: Record) -> Iterator[Sequence[Line]]:
    for key, label in _TEXTS:
        if record.get(key):
            yield [(label, "$primary bold")]
            yield [(printable(str(record[key])), "")]
            yield [("", "")]
    for one in record.get("evidence") or []:
        yield [("佐证  ", "$muted"), (one_line(str(one["name"])), "")]


def _event(event: Record) -> Iterator[Sequence[Line]]:
    word, by = str(event.get("title") or event["op"]), one_line(str(event["by"]))
    line: list[Line] = [(f"{event['on']}  ", "$muted"), (word, "bold"), (f"  {by}", "$muted")]
    if event.get("ref"):
        line.append((f"  {one_line(str(event['ref']))}", "$muted"))
    if str(event["recorded_at"])[:10] != event["on"]:
        line.append((f"  {str(event['recorded_at'])[:10]} 录入", "$muted"))
    yield line
    about = [*_changed(event), *_said(event)]
    if about:
        yield [(f"            {';'.join(about)}", "")]


def _changed(event: Record) -> Iterator[str]:
    words = field_words()
    for name in _SHOWN_CHANGES:
        if name in (event.get("changes") or {}):
            change = event["changes"][name]
            old, new = change["from"], change["to"]
            before = f"{one_line(str(old))} 改为 " if old not in (None, "") else ""
            yield f"{words.get(name, name)} {before}{one_line(str(new or '无'))}"


def _said(event: Record) -> Iterator[str]:
    facts = event.get("facts") or {}
    for key, label in _FACTS.items():
        if facts.get(key):
            yield f"{label} {one_line(str(facts[key]))}"
    if event.get("note"):
        yield one_line(str(event["note"]))
