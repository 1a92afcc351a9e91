"""How invented issues go: most straight through, some with a turn, a few past their date."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from random import Random

from supervise.services.demo import city, matters
from supervise.services.demo.cases import Case
from supervise.services.demo.script import Script

# How often of a hundred something out of the ordinary happens to an issue.
_TURNS = (
    ("reject", 3), ("merge", 3), ("terminate", 2), ("transfer", 4), ("extend", 5), ("pause", 4),
    ("reclassify", 3), ("returned", 8), ("upheld", 4), ("rebound", 3), ("escalate", 2),
    ("typo", 1), ("restore", 1), ("redact", 1),
)  # fmt: skip


class Register:
    """The issues that are under way, so that a later one may be put together with one of them.

    `codes` has the code, the title and whether somebody complained. `settled` are those that have
    run their course: nothing more happens to them by themselves.
    """

    def __init__(self) -> None:
        self.codes: list[tuple[str, str, bool]] = []
        self.settled: set[str] = set()


def ordinary(case: Case, known: Register) -> Script:
    """Let an issue go its way; some meet with something out of the ordinary."""
    turn = case.drawn(_TURNS, "")
    if turn == "merge" and known.codes:
        yield from _merged(case, *known.codes[-1])
        return
    yield from case.register(case.title.replace("未", "末") if turn == "typo" else None)
    if turn in {"reject", "restore"}:
        case.wait(0, 1)
        yield from case.do("reject", reason="不属于营商环境督导范围，已告知渠道", by=case.handler)
        if turn == "reject":
            return
        case.wait(2, 4)
        yield from case.do("restore", reason="补充材料后符合受理条件", by=city.DIRECTOR)
    if turn == "transfer":
        yield from _transferred(case)
    else:
        yield from case.hand_out()
    known.codes.append((case.code, case.title, case.party))
    yield from case.sign()
    yield from _turned(case, turn)
    if turn == "terminate":
        return
    yield from case.submit()
    if turn == "returned":
        yield from case.send_back()
    yield from case.finish(upheld=turn == "upheld")
    yield from _afterwards(case, turn)
    known.settled.add(case.code)


def _merged(case: Case, code: str, title: str, party: bool) -> Script:
    case.party = case.party and party  # only who asked for an answer before is waiting for one
    yield from case.register(title)
    case.wait(0, 1)
    yield from case.do("merge", into=code, by=case.handler)


def _transferred(case: Case) -> Script:
    wrong = "市发展和改革局" if case.unit != "市发展和改革局" else "市财政局"
    yield from case.hand_out(wrong)
    case.wait(1, 2)
    why = "责任单位书面提出异议，经核属职责不符"
    yield from case.do("transfer", unit=case.unit, reason=why, by=city.DIRECTOR)
    case.start = case.day


def _turned(case: Case, turn: str) -> Script:
    match turn:
        case "terminate":
            case.at(0.5)
            yield from case.do("terminate", reason="企业书面撤回诉求", by=city.DIRECTOR)
        case "extend":
            case.at(0.6)
            until = case.calendar.add_workdays(case.due, max(1, case.term // 2))
            why = "涉及多部门会签，需要更多时间"
            yield from case.do("extend", due_on=until, reason=why, by=city.DIRECTOR)
        case "pause":
            case.at(0.3)
            yield from case.do("pause", reason="等待诉求人补正", by=city.DIRECTOR)
            case.wait(3, 9)
            yield from case.do("resume", by=case.handler)
        case "reclassify":
            case.wait(0, 1)
            yield from case.do(
                "reclassify", urgency="疑难", reason="涉及历史遗留", by=city.DIRECTOR
            )
        case "escalate":
            case.at(0.3)
            yield from case.do("escalate", level="分管市领导", by=city.DIRECTOR)
        case "typo":
            yield from _corrected(case)


def _corrected(case: Case) -> Script:
    if "未" in case.title:
        why = "登记时错字"
        yield from case.do("correct", field="title", value=case.title, reason=why, by=case.handler)


def _afterwards(case: Case, turn: str) -> Script:
    """回头看 weeks later; a few come back and are put right for good."""
    if turn == "redact" and case.party:
        case.wait(5, 9)
        why, second = "诉求人书面要求", "主管辛"
        yield from case.do("redact", reason=why, approver=second, by=city.DIRECTOR)
    if turn != "rebound" and case.rng.randrange(100) >= 15:
        return
    case.wait(20, 45)
    by = case.handler
    if turn != "rebound":
        yield from case.do("revisit", result="稳定", by=by)
        return
    yield from case.do("revisit", result="反弹", by=by)
    yield from case.do("reopen", reason="回头看发现同一问题再次出现", by=city.DIRECTOR)
    case.start = case.day
    case.at(0.7)
    yield from case.hand_in()
    yield from case.finish()


def laggard(case: Case, urgency: str, until: date | None, entered: date | None = None) -> Script:
    """Let an issue miss its date: handed in only on a later day, or not at all.

    `entered`: the day on which handing in was entered, where that was forgotten for a while.
    """
    yield from case.register()
    yield from case.hand_out(urgency=urgency)
    yield from case.sign()
    case.at(0.8)
    yield from case.do("urge", by=case.handler)
    case.day = case.calendar.add_workdays(case.due, 2)
    yield from case.do("urge", by=case.handler, note="已过限期，请说明情况并抓紧办理")
    if until is None:
        return
    case.day = entered or until
    yield from case.hand_in(on=until)
    yield from case.finish()


def unkept(case: Case, urgency: str) -> Script:
    """Let a promise given in an interview be missed: handed in late, sent back, never settled."""
    yield from case.register()
    yield from case.hand_out(urgency=urgency)
    yield from case.sign()
    case.day = date(2024, 10, 22)
    yield from case.hand_in()
    case.day = date(2024, 10, 28)
    unmet, until = "接口只在两个窗口试用，未按承诺全面开通", date(2024, 11, 29)
    yield from case.do("return", reason=unmet, due_on=until, by=city.REVIEWERS[0])
    case.day = date(2024, 11, 27)
    yield from case.hand_in()
    yield from case.review()
    case.day = date(2024, 12, 6)
    yield from case.do("reply", note="已书面答复", by=case.handler)
    case.day = date(2024, 12, 11)
    until = date(2025, 1, 15)
    yield from case.do(
        "feedback", satisfaction="不满意", upheld=True, due_on=until, by=case.handler
    )


def units_for(month: int, count: int) -> Iterator[str]:
    """Draw the units of a month's ordinary issues; every unit has some in a year."""
    rng = Random(f"示川 units {month}")
    names = tuple(matters.MATTERS)
    for number in range(count):
        yield names[(month * 7 + number) % len(names)] if number % 3 == 0 else rng.choice(names)
