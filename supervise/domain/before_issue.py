"""签发前检查: what is looked at before a notice is signed, each 通过, 提醒 or 不得签发."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from supervise.domain.dates import period_label, previous_period
from supervise.domain.facts import EntryFacts, NoticeFacts
from supervise.domain.ladder_records import Notice

VERDICTS = {"ok": "通过", "warn": "提醒", "refuse": "不得签发"}
_ANSWERS = "无异议"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at. `verdict`: ok, warn or refuse (see `VERDICTS`); `says` are sentences.

    A refusal has the `code` of the error that issuing raises.
    """

    name: str
    verdict: str
    says: tuple[str, ...]
    code: str = ""

    @property
    def refusal(self) -> str:
        """The sentence by which issuing is refused."""
        return f"不能签发：{''.join(self.says)}"


@dataclass(frozen=True, slots=True)
class Picture:
    """A draft as it would be signed on a day.

    `changes` are sentences on how the names differ from those last looked at, `because` the steps
    entered since that explain it. `disagreements` is what does not agree on the page, `missing` its
    placeholders, each in a few words. `check_required`: the pack makes the units' answers a
    condition. `others` are the notices signed before, also those withdrawn since.
    """

    facts: NoticeFacts
    on: date
    today: date
    delivered_on: date | None = None
    changes: tuple[str, ...] = ()
    because: tuple[str, ...] = ()
    disagreements: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    check_required: bool = False
    others: tuple[Notice, ...] = ()
    series: str = "调度通报"


def checks(picture: Picture) -> tuple[Check, ...]:
    """Look at everything once, in the order an office goes through it."""
    return (
        _dates(picture),
        *_number(picture),
        _names(picture),
        _page(picture),
        _basis(picture.facts),
        _approval(picture.facts),
        _answers(picture),
        _questions(picture.facts),
        _last_month(picture.facts),
        _blanks(picture),
    )


def refusals(found: Iterable[Check]) -> tuple[Check, ...]:
    """Give the checks that stand in the way of issuing."""
    return tuple(one for one in found if one.verdict == "refuse")


def _check(name: str, verdict: str, says: Iterable[str], calm: str) -> Check:
    """Give the verdict where there is something to say, else 通过."""
    told = tuple(says)
    return Check(name, verdict if told else "ok", told or (calm,))


def _dates(picture: Picture) -> Check:
    """The day of signing lies after the cut-off, none lies in the future, delivery comes last."""
    on, cutoff, delivered = picture.on, picture.facts.cutoff, picture.delivered_on
    if on > picture.today:
        return Check(
            "日期", "refuse", (f"签发日期 {on} 晚于今天 {picture.today}。",), "future_date"
        )
    if on <= cutoff:
        told = f"签发日期 {on} 不晚于截止日期 {cutoff}（含当日），须在截止日之后签发。"
        return Check("日期", "refuse", (told,), "before_cutoff")
    if delivered is not None and delivered > picture.today:
        told = f"送达日期 {delivered} 晚于今天 {picture.today}。"
        return Check("日期", "refuse", (told,), "future_date")
    if delivered is not None and delivered < on:
        told = f"送达日期 {delivered} 早于签发日期 {on}。"
        return Check("日期", "refuse", (told,), "refused")
    return Check("日期", "ok", (f"截止 {cutoff}，签发 {on}。",))


_BRACKETS = str.maketrans("[]()【】［］（）", "〔〕" * 5)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def _same_number(number: str | None) -> str:
    """Reduce a 文号 to what two ways of typing it share."""
    written = unicodedata.normalize("NFKC", number or "")
    return "".join(written.split()).translate(_BRACKETS)


def _number(picture: Picture) -> Iterator[Check]:
    """No two notices bear one 文号: an interview is asked for by it. A 期号 begins anew each year.

    Nothing is said where the number is free, or still to be written.
    """
    number = picture.facts.number
    if not number:
        return
    whole = _YEAR.search(number) is not None
    twins = [
        one
        for one in picture.others
        if _same_number(one.number) == _same_number(number)
        and (whole or (one.issued_on and one.issued_on.year == picture.on.year))
    ]
    taken = [one for one in twins if one.status == "issued" and one.series == picture.series]
    if taken:
        told = f"文号“{number}”已用于{period_label(taken[0].period)}的{taken[0].series}，请换一个。"
        yield Check("文号", "refuse", (told,), "number_taken")
    elif twins:
        gone = "（已撤回）" if twins[0].status == "withdrawn" else ""
        told = f"文号“{number}”与{period_label(twins[0].period)}的{twins[0].series}{gone}相同。"
        yield Check("文号", "warn", (told,))


def _names(picture: Picture) -> Check:
    """Nobody is named, and nobody left out, who was not seen at the last drafting."""
    if not picture.changes:
        named = len(picture.facts.named)
        told = f"与最近一次拟稿相同，点名{named}家。" if named else "本期没有点名单位。"
        return Check("名单", "ok" if named else "warn", (told,))
    why = f"其间录入：{'；'.join(picture.because)}。" if picture.because else ""
    told = (
        f"拟稿以后名单有变化——{''.join(picture.changes)}{why}"
        f"请重新拟稿（supervise notice draft {picture.facts.period}），核对后再签发。"
    )
    return Check("名单", "refuse", (told,), "changed_since_draft")


def _page(picture: Picture) -> Check:
    calm = "标题、正文、附件的月份一致，件数和日期核对无误。"
    return _check("文表", "warn", picture.disagreements, calm)


def _basis(facts: NoticeFacts) -> Check:
    number = f"（{facts.basis.number}）" if facts.basis.number else ""
    calm = f"依据《{facts.basis.title}》{number}。"
    wrong = () if facts.basis.in_force else (f"规则包的依据是{facts.basis.status}稿，不能引用。",)
    return _check("依据", "warn", wrong, calm)


def _approval(facts: NoticeFacts) -> Check:
    """Where counties are addressed or named the notice says on whose approval."""
    if not facts.concerns_counties:
        return Check("批准", "ok", ("不涉及县市区。",))
    wrong = () if facts.approval else ("主送或点名县市区，没有登记经谁同意。",)
    return _check("批准", "warn", wrong, f"{facts.approval}。")


def _answers(picture: Picture) -> Check:
    """Every unit named was asked, and agrees; the pack may make that a condition."""
    named = picture.facts.named
    silent = [one.unit for one in named if one.check in (None, "未回复")]
    against = [one.unit for one in named if one.check == "有异议"]
    if picture.check_required and (silent or against):
        units = "、".join(one.unit for one in named if one.check != _ANSWERS)
        told = f"规则包要求先核对，{units}尚未核对或有异议。"
        return Check("核对", "refuse", (told,), "unchecked")
    wrong = [f"{len(silent)}家没有答复：{'、'.join(silent)}。"] if silent else []
    wrong += [f"{len(against)}家有异议：{'、'.join(against)}。"] if against else []
    return _check("核对", "warn", wrong, "点名单位均无异议。" if named else "没有点名单位。")


def _questions(facts: NoticeFacts) -> Check:
    """The seven questions, but for the answers to the 核对单, which have a check of their own."""
    return _check(
        "签发前七查", "warn", _open_questions(facts.named), "除核对外的六问，各单位均无须核实。"
    )


def _open_questions(named: Iterable[EntryFacts]) -> Iterator[str]:
    for entry in named:
        names = [one.name for one in entry.questions if not one.ok and one.name != "核对"]
        if names:
            yield f"{entry.unit}：{'、'.join(names)}须核实。"


def _last_month(facts: NoticeFacts) -> Check:
    before = period_label(previous_period(min(facts.months)))
    if facts.last_month is None:
        return Check("上期", "warn", (f"{before}没有印发通报，是否连续被通报须核实。",))
    return Check("上期", "ok", (f"{before}点名的{len(facts.last_month)}家已写明整改情况。",))


def _blanks(picture: Picture) -> Check:
    unnumbered = () if picture.facts.number else ("文号",)
    blanks = (*unnumbered, *picture.missing)
    words = "、".join(dict.fromkeys(blanks))
    wrong = [f"签发后仍有{len(blanks)}处：{words}。"] if blanks else []
    return _check("待填", "warn", wrong, "没有待填的内容。")
