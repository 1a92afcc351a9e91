"""Looking ahead, behind a line, and back under other rules: warn, why, simulate."""

from __future__ import annotations

from collections import Counter
from datetime import date

from supervise.cli import output
from supervise.cli.answer import Record
from supervise.cli.front import Front

_REACHES = {"new": "将达到约谈条件", "lengthened": "已拟提请约谈", None: ""}


def warn(front: Front, on: date | None = None) -> None:
    """Say who would be named at the cut-off if nothing changes, and by which issues."""
    from supervise.services import foresight

    with front.session() as session:
        record, past = foresight.warn(session, on), on is not None and on < session.today
    if front.json:
        output.document(record)
        return
    _opening(record, past)
    if record["units"]:
        headings = ("单位", "编号", "事项", "限期", "紧急程度", "已等", "约谈")
        output.table(headings, [row for unit in record["units"] for row in _rows(unit)])
    for unit in record["units"]:
        output.lines(*(f"{unit['unit']}：{words}。" for words in foresight.beside_issues(unit)))
    for held in record["held_back"]:
        about = "、".join(held["issues"]) or held["note"]
        output.lines(f"不列入：{held['unit']}（{about}），{held['why']}。")
    if record["rushed"]:
        output.lines("", "突击报件提示：月末三天内报请、后被复核退回的事项。")
        keys = ("unit", "issue", "title", "handed_in", "returned_on")
        rows = [[one[key] for key in keys] for one in record["rushed"]]
        output.table(("单位", "编号", "事项", "报请", "退回"), rows)


def _opening(record: Record, past: bool) -> None:
    """Say what is looked at, as of when, and what may still move."""
    cutoff = record["cutoff"]
    ends = "：" if record["units"] else "。"
    output.lines(f"截至 {cutoff} 24时仍不报请复核，{_named(record)}{ends}")
    if past:
        output.lines(f"按 {cutoff} 当日的情况和规则，含事后补录的。")
    if record["provisional"]:
        output.lines(f"{cutoff[:4]}年的放假安排还没有公布，到期在这一年的限期是暂定的。")
    if record["unissued"]:
        output.lines(f"{record['unissued']} 通报还没有签发，约谈条件只按已签发的通报推算。")
    output.lines("")


def _named(record: Record) -> str:
    units = record["units"]
    if not units:
        return f"{record['period']} 通报没有拟点名的单位"
    reaching = sum(one["interview"] == "new" for one in units)
    more = f"，其中 {reaching} 家将达到约谈条件" if reaching else ""
    return f"{record['period']} 通报拟点名 {len(units)} 家{more}"


def _rows(unit: Record) -> list[list[str]]:
    reaches = _REACHES[unit["interview"]]
    if not unit["issues"]:
        return [[unit["unit"], "", "见下", "", "", "", reaches]]
    rows = []
    for one in unit["issues"]:
        due = f"{one['due_on']}{'（已超期）' if one['overdue'] else ''}"
        waited = f"{one['days_waited']}天"
        rows.append(
            [unit["unit"], one["code"], one["title"], due, one["urgency"] or "", waited, reaches]
        )
    return rows


def why(front: Front, subject: str, period: str | None = None) -> None:
    """Explain a printed line: the rule, the dates, the log, the evidence behind it."""
    from supervise.reports.why_lines import lines
    from supervise.services import why as explaining

    with front.session() as session:
        record = explaining.why(session, subject, period)
    if front.json:
        output.document(record)
    else:
        output.lines(*("  " * line.depth + line.text for line in lines(record)))


def simulate(front: Front, pack: str, from_: str, to: str) -> None:
    """Work out past months under another rule pack, beside what happened."""
    from supervise.services import simulation

    with front.session() as session:
        record = simulation.simulate(session, pack, from_, to)
    if front.json:
        output.document(record)
        return
    output.lines(f"【{record['mark']}】{record['title']}，{record['from']} 至 {record['to']}", "")
    output.table(
        ("月份", "实际点名", "测算点名", "增加", "减少"),
        [_month(one) for one in record["months"]],
    )
    interviews = record["interviews"]
    output.lines("", "达到约谈条件的单位（不计已办的约谈）：")
    output.table(
        ("", "家次", "单位"),
        [
            (title, len(interviews[key]), _times(interviews[key]))
            for key, title in (("happened", "实际"), ("would", "测算"))
        ],
    )
    output.lines("限期按原交办的不变；免予点名、人工列入、更正按原决定。")
    for one in record["untold"]:
        output.lines(f"“{one['duty']}”在 {one['since']} 以前没有要求报送，应报未报的无从测算。")


def _times(streaks: list[Record]) -> str:
    """Name each unit once, with how often it got there where that was more than once."""
    often = Counter(one["unit"] for one in streaks)
    return "、".join(f"{unit}（{n}次）" if n > 1 else unit for unit, n in often.items())


def _month(one: Record) -> list[str | int]:
    def names(key: str) -> str:
        return "、".join(unit["unit"] for unit in one[key])

    happened = len(one["named"]) if one["issued"] else "未通报"
    return [one["period"], happened, len(one["would"]), names("added"), names("dropped")]
