"""An issue in words: its facts, what set its dates, its texts and its history."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual.content import Content

from screens.widgets.columns import Record, folded, one_line
from screens.words import field_words, operation_word
from supervise.domain.clock import Term

Line = tuple[str, str]
# Cells the label of a fact takes, and those the date of an event takes.
_LABEL, _DATE = 10, 12
_SHOWN_CHANGES = (
    "unit",
    "due_on",
    "urgency",
    "category",
    "title",
    "measures",
    "satisfaction",
    "escalated",
)
_TEXTS = (("detail", "详情"), ("instruction", "批示"), ("measures", "整改措施"), ("reply", "答复"))
_HOW = {"given": "指定日期", "rework": "退回重办", "resume": "暂停的工作日补回",
        "clockset": "另计时限的最后节点"}  # fmt: skip
FACTS = {
    "reason": "理由",
    "conclusion": "审查结论",
    "method": "复核方式",
    "result": "结果",
    "reviewers": "复核人员",
    "into": "并入",
    "joined": "并入本事项",
    "left": "不再并入本事项",
    "asked_on": "申请日期",
    "node": "时限节点",
    "done_on": "完成日期",
}


def title(record: Record | None, width: int) -> Content:
    """Draw the code and the title."""
    if record is None:
        return Content("没有选中事项")
    code = f"{one_line(str(record['code']))}  "
    lines = folded(code + one_line(str(record["title"])), width)
    whole = "\n".join(lines)
    return Content.assemble((whole[: len(code)], "$primary bold"), (whole[len(code) :], "bold"))


def facts(record: Record | None, width: int) -> Content:
    """Draw what an issue is, one fact a line."""
    return _join(_facts(record, width - _LABEL))


def more(record: Record | None, width: int) -> Content:
    """Draw what set its dates, its texts and its history, newest first."""
    return _join(_more(record, width))


def _join(lines: Iterator[Sequence[Line]]) -> Content:
    parts: list[Line] = []
    for line in lines:
        parts += [*line, ("\n", "")]
    return Content.assemble(*parts[:-1]) if parts else Content("")


def _fact(label: str, value: object, room: int) -> list[Line]:
    return [
        (f"{label}  ", "$muted"),
        (_indented(one_line(str(value)), room, _LABEL), "$foreground"),
    ]


def _indented(text: str, room: int, indent: int) -> str:
    return f"\n{' ' * indent}".join(folded(text, max(room, 8)))


def _facts(record: Record | None, room: int) -> Iterator[Sequence[Line]]:
    if record is None:
        return
    co = "、".join(record.get("co_units") or ())
    unit = record.get("unit") or "（未定）"
    yield _fact("责任单位", unit + (f"，配合 {co}" if co else ""), room)
    yield _due(record)
    origin = " ".join(str(record[k]) for k in ("source", "source_no", "batch") if record.get(k))
    kind = " ".join(str(record[k]) for k in ("category", "urgency") if record.get(k))
    if origin or kind:
        yield _fact("来源类别", "  ".join(filter(None, (origin, kind))), room)
    if record.get("handler"):
        yield _fact("经办人  ", record["handler"], room)
    if record.get("party") or record.get("contact"):
        who = " ".join(str(record[k]) for k in ("party", "contact") if record.get(k))
        yield _fact("诉求人  ", f"{who}（{record.get('disclosure') or ''}）", room)
    if record.get("satisfaction"):
        yield _fact("回访    ", record["satisfaction"], room)


def _due(record: Record) -> list[Line]:
    due = record.get("due_on")
    first = record.get("original_due_on")
    moved = bool(first and first != due)
    line = _fact("现 限 期" if moved else "限    期", due or "无", 20)
    if moved:
        line.append((f"  原限期 {first}", "$muted"))
    if record.get("paused_on"):
        line.append((f"  暂停计时，自 {record['paused_on']}", "$warning"))
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


def _more(record: Record | None, width: int) -> Iterator[Sequence[Line]]:
    if record is None:
        return
    yield from _clocks(record)
    yield from _texts(record, width)
    yield [("经过", "$primary bold")]
    for event in reversed(record.get("events") or []):
        yield from _event(event, width)


def _clocks(record: Record) -> Iterator[Sequence[Line]]:
    clocks = record.get("clocks") or []
    if not clocks:
        return
    yield [("期限", "$primary bold"), ("  Ctrl+D 逐日说明，按哪天计入、哪天不计", "$muted")]
    for clock in clocks:
        yield _clock(clock)
    yield [("", "")]


def _node(clock: Record) -> list[Line]:
    """Tell of one node of a clock set: its last day, when it was reached, how late."""
    name = f"{clock['clocks']}·{clock['node']}"
    if clock["due_on"] is None:
        return [(f"  {one_line(name)}  ", "$muted"), (f"待“{one_line(clock['after'])}”后起算", "")]
    mark = "（暂定）" if clock.get("provisional") else ""
    done = f"{clock['done_on']} 完成" if clock.get("done_on") else "未完成"
    late = f"，超期 {clock['overdue_days']} 天" if clock["overdue"] else ""
    line: list[Line] = [
        (f"  {one_line(name)}  ", "$muted"),
        (f"{clock['due_on']}{mark}", "$foreground"),
        (f"  {done}{late}", "$error" if clock["overdue"] else "$muted"),
    ]
    if clock.get("ref"):
        line.append((f"  {one_line(str(clock['ref']))}", "$muted"))
    return line


def _clock(clock: Record) -> list[Line]:
    if clock.get("kind") == "node":
        return _node(clock)
    term, start = clock.get("term"), clock.get("start")
    how = Term.parse(term).label if term else _HOW.get(str(clock.get("kind")), "")
    if start and start != clock["on"]:
        how = f"自 {start} 起 {how}"
    mark = "（暂定）" if clock.get("provisional") else ""
    return [
        (f"  {clock['on']} {operation_word(str(clock['op']))}  ", "$muted"),
        (f"{clock['due_on'] or '无'}{mark}", "$foreground"),
        (f"  {how}", "$muted"),
    ]


def _texts(record: Record, width: int) -> Iterator[Sequence[Line]]:
    for key, label in _TEXTS:
        if record.get(key):
            yield [(label, "$primary bold")]
            yield [("\n".join(folded(str(record[key]), width)), "")]
            yield [("", "")]


def _event(event: Record, width: int) -> Iterator[Sequence[Line]]:
    word, by = operation_word(str(event["op"])), one_line(str(event["by"]))
    line: list[Line] = [(f"{event['on']}  ", "$muted"), (word, "bold"), (f"  {by}", "$muted")]
    if event.get("ref"):
        line.append((f"  {one_line(str(event['ref']))}", "$muted"))
    if str(event["recorded_at"])[:10] != event["on"]:
        line.append((f"  {str(event['recorded_at'])[:10]} 录入", "$muted"))
    yield line
    about = [*_changed(event), *_said(event)]
    if about:
        said = _indented("；".join(about), width - _DATE, _DATE)
        yield [(f"{' ' * _DATE}{said}", "")]


def _changed(event: Record) -> Iterator[str]:
    words = field_words()
    for name in _SHOWN_CHANGES:
        if name in (event.get("changes") or {}):
            old, new = event["changes"][name]
            # What a new cycle empties is no news; a correction to nothing is.
            emptied = new in (None, "") and event["op"] != "issue.correct"
            if emptied or (name == "title" and old is None):
                continue
            before = f"{one_line(str(old))} 改为 " if old not in (None, "") else ""
            yield f"{words.get(name, name)} {before}{one_line(str(new or '无'))}"


def _said(event: Record) -> Iterator[str]:
    for key, label in FACTS.items():
        if event.get(key):
            yield f"{label} {one_line(str(event[key]))}"
    if event.get("note"):
        yield one_line(str(event["note"]))
