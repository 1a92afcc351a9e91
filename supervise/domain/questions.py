"""签发前七查: seven questions answered from the log beside each name before it is printed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class MatterFacts:
    """What the log says of one matter that a unit would be named for.

    Days given and days of the class are working days, None where not known. `entered_late` are the
    operations dated up to the cut-off, entered after it, that change the verdict; `check` is the
    answer to the 核对单.
    """

    signed_on: date | None = None
    urges: int = 0
    urged_on: date | None = None
    given_days: int | None = None
    class_days: int | None = None
    extension_asked_on: date | None = None
    extension_decided_on: date | None = None
    handed_in_on: date | None = None
    reviewed_on: date | None = None
    entered_late: tuple[str, ...] = ()
    check: str | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """One question with its answer; `ok` is False where a person should look before issuing."""

    name: str
    answer: str
    ok: bool


def seven_questions(facts: MatterFacts) -> tuple[Question, ...]:
    """Answer the seven questions for one matter. They warn; only the pack can make one bind."""
    return (
        _signed(facts),
        _urged(facts),
        _given_days(facts),
        _extension(facts),
        _reviewed(facts),
        _entered_late(facts),
        _checked(facts),
    )


def _signed(facts: MatterFacts) -> Question:
    if facts.signed_on is None:
        return Question("签收", "责任单位未签收。", False)
    return Question("签收", f"{facts.signed_on}签收。", True)


def _urged(facts: MatterFacts) -> Question:
    if not facts.urges:
        return Question("催办", "从未催办。", False)
    last = f"，最近一次{facts.urged_on}" if facts.urged_on else ""
    return Question("催办", f"已催办{facts.urges}次{last}。", True)


def _given_days(facts: MatterFacts) -> Question:
    given, due = facts.given_days, facts.class_days
    if given is None:
        return Question("时限", "没有限期。", False)
    if due is None:
        return Question("时限", f"给了{given}个工作日，该类没有规定时限。", True)
    if given < due:
        return Question("时限", f"只给了{given}个工作日，少于该类规定的{due}个工作日。", False)
    return Question("时限", f"给了{given}个工作日，该类规定{due}个工作日。", True)


def _extension(facts: MatterFacts) -> Question:
    asked, decided = facts.extension_asked_on, facts.extension_decided_on
    if asked is None:
        return Question("延期", "未申请延期。", True)
    if decided is None or decided < asked:
        return Question("延期", f"{asked}申请延期，尚未答复。", False)
    return Question("延期", f"{asked}申请延期，{decided}已答复。", True)


def _reviewed(facts: MatterFacts) -> Question:
    handed_in, reviewed = facts.handed_in_on, facts.reviewed_on
    if handed_in is None:
        return Question("复核", "未报请复核。", True)
    if reviewed is None or reviewed < handed_in:
        return Question("复核", f"{handed_in}已报请复核，尚未复核。", False)
    return Question("复核", f"{handed_in}报请复核，{reviewed}已复核。", True)


def _entered_late(facts: MatterFacts) -> Question:
    if not facts.entered_late:
        return Question("补录", "截止后没有改变结论的补录。", True)
    what = "、".join(facts.entered_late)
    return Question("补录", f"截止后补录，结论因此改变：{what}。", False)


def _checked(facts: MatterFacts) -> Question:
    if facts.check == "无异议":
        return Question("核对", "责任单位核对无异议。", True)
    if facts.check == "有异议":
        return Question("核对", "责任单位有异议。", False)
    return Question("核对", "核对单未回复。" if facts.check else "未发核对单或未登记回复。", False)
