"""What the page of notices says in words: where one is, a month's head, what lies behind a line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from screens.notice_parts import ORIGIN, STATUS, owed_cell
from screens.widgets.columns import Record, one_line
from supervise.domain.before_issue import VERDICTS
from supervise.domain.facts import EntryFacts

if TYPE_CHECKING:
    from supervise.services.notice_desk import Desk

Parts = Iterator[tuple[str, str]]
_TONES = {"ok": "$success", "warn": "$warning", "refuse": "$error"}
_PARTED = "  "


# The views that a line can be asked for in, by what it is called in a key.
_ASKED = {"naming": "entries", "explanation": "owed"}


class Asked(NamedTuple):
    """What another page asks to be shown: a month, and a unit's line in one of its views."""

    period: str = ""
    unit: str = ""
    view: str = ""

    def fits(self, row: Record) -> bool:
        """Whether a line is the unit's, asked for by its code or by its name."""
        return self.unit in (row["unit"], row["unit_id"])


def asked(key: str) -> Asked:
    """Read a key: `notice-PERIOD`, or `naming:PERIOD:UNIT`, `explanation:PERIOD:UNIT`.

    Nothing is asked for by any other key.
    """
    kind, _, rest = key.partition(":")
    if kind in _ASKED:
        period, _, unit = rest.partition(":")
        return Asked(period, unit, _ASKED[kind])
    kind, _, period = key.partition("-")
    return Asked(period) if kind == "notice" else Asked()


def places(line: Record | None, view: str) -> list[str]:
    """Say where one is on the page: the month and how it stands, the view."""
    if line is None:
        return []
    series = "" if line["main"] else f" {line['series']}"
    return [f"{line['period']}{series} {STATUS[line['status']][0]}", view]


def head(line: Record | None, desk: Desk | None) -> str:
    """Say of a month's head: dates and counts, what to do next, the month's steps."""
    if line is None or desk is None:
        return ""
    lines = [_counts(desk)]
    if line["status"] == "none":
        lines.append("尚未拟稿，以下是按截止日的预计。关账后按 F8 拟稿，再核对、签发。")
    else:
        lines.append(_paper(desk))
    steps = [
        one_line(f"{one.get('step', '')} {one.get('on') or '—'}")
        for one in desk.record.get("steps") or ()
    ]
    if steps:
        lines.append("步骤  " + _PARTED.join(steps))
    return "\n".join(lines)


def _counts(desk: Desk) -> str:
    entries = desk.record["entries"]
    effective = [one for one in entries if one["status"] == "effective"]
    named = [one for one in effective if one["polarity"] == "named"]
    void = "原" if desk.record["status"] == "withdrawn" else ""
    told = [f"截止 {desk.notice.cutoff}", f"{void}点名 {len(named)} 家"]
    for polarity, word in (("praised", "表扬"), ("noted", "提示")):
        found = sum(one["polarity"] == polarity for one in effective)
        told += [f"{word} {found} 家"] if found else []
    for status, word in (("exempt", "免予"), ("withdrawn", "撤销")):
        found = sum(one["status"] == status for one in entries)
        told += [f"{word} {found} 家"] if found else []
    if desk.record["status"] == "draft":
        told.append(f"已核对 {sum(one['check'] is not None for one in named)}/{len(named)}")
    return _PARTED.join(told)


def _paper(desk: Desk) -> str:
    notice = desk.notice
    if notice.status == "draft":
        verdicts = [one.verdict for one in desk.checks]
        told = [f"{verdicts.count(v)}项{word}" for v, word in VERDICTS.items() if v in verdicts]
        return f"签发前检查：{'，'.join(told)}"
    told = [one_line(notice.number or "无文号"), f"签发 {notice.issued_on}"]
    told.append(f"送达 {notice.delivered_on}" if notice.delivered_on else "未登记送达")
    if notice.withdrawn_on:
        told.append(f"撤回 {notice.withdrawn_on}")
    waiting = [one for one in desk.owed if one["status"] in {"owed", "returned"}]
    late = sum(one["overdue"] for one in waiting)
    if desk.owed:
        left = f"说明 应交 {len(desk.owed)}，未交 {len(waiting)}"
        told.append(left + (f"，超期 {late}" if late else ""))
    return _PARTED.join(told)


def about(view: str, row: Record | None) -> Parts:
    """Say what lies behind the line of a view, where a list can't say it."""
    if row is None:
        return iter(())
    parts = {"entries": _about_entry, "held": _about_held, "owed": _about_owed}.get(
        view, _about_check
    )
    return parts(row)


def _about_entry(row: Record) -> Parts:
    facts: EntryFacts = row["facts"]
    for reason in facts.reasons:
        yield f"{one_line(reason)}\n", ""
    yield f"{ORIGIN[row['origin']]}列入", "$muted"
    if row["status"] == "exempt":
        duty = "，仍须书面说明" if row["explain"] else ""
        told = f"{row['exempt_reason']}（{row['exempt_by']}批准{duty}）"
        yield f"，免予点名：{one_line(told)}", "$muted"
    if row["explanation"]:
        yield f"，书面说明{owed_cell(row['explanation']).text}", "$muted"
    if facts.questions:
        yield from _questions(facts)


def _questions(facts: EntryFacts) -> Parts:
    """Draw the seven questions asked before signing, those that stand out first."""
    yield "\n签发前七查", "$primary bold"
    for one in sorted(facts.questions, key=lambda one: one.ok):
        yield ("\n【通过】", "$success") if one.ok else ("\n【须查】", "$warning bold")
        yield f"{one_line(one.name)}：", "bold"
        yield one_line(one.answer), "$muted" if one.ok else ""


def _about_held(row: Record) -> Parts:
    bureau = f"（{row['bureau']}）" if row["bureau"] else ""
    yield f"{one_line(row['unit'] + bureau)}：{one_line(row['why'])}，规则没有提出。", ""
    yield "\n要点名的，按 F6 选“列入通报”并写明理由。", "$muted"


def _about_owed(row: Record) -> Parts:
    yield f"{one_line(row['unit'])}  {owed_cell(row).text}", "bold"
    yield f"\n期限 {row['due_on']}，收到 {row['received_on'] or '—'}", ""
    if row["reason"]:
        yield f"\n退回理由：{one_line(row['reason'])}", ""
    yield "\nCtrl+W 收到  Ctrl+F 收阅  Ctrl+B 退回", "$muted"


def _about_check(row: Record) -> Parts:
    if "verdict" not in row:
        yield one_line(f"{row['code']} {row['title']}，{row['standing']}"), ""
        return
    yield f"【{VERDICTS[row['verdict']]}】", f"{_TONES[row['verdict']]} bold"
    yield one_line(row["name"]), "bold"
    for sentence in row["says"]:
        yield f"\n{one_line(sentence)}", ""
