"""One step on many issues: seen beforehand for each of them, then done in one transaction.

What is seen beforehand is tried by the operation itself (`work.Rehearsal`), so that it says what
carrying it out will say. It reads only, as of one moment: nobody waits for it. One step with the
same values changes nothing that its verdict on another issue rests on, so each is tried alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from operator import itemgetter
from typing import Any

from db import events, marked
from db import issues as store
from supervise.domain import stage
from supervise.domain.records import STAGE_LABELS, Issue, Stage
from supervise.errors import Refused, SuperviseError
from supervise.services import meanwhile
from supervise.services.choices import Choice
from supervise.services.file_runs import Progress, silent
from supervise.services.registry import OPERATIONS, Operation
from supervise.services.session import Session
from supervise.services.work import AHEAD, Work, rehearsing, step, tentative, working

_EVERY = 50
_TOLD = 3
# After every place a move has for an issue (`stage.rank`).
_LAST = 9
_STAGES = {one.value: label for one, label in STAGE_LABELS.items()}
# The step that takes another one back, where the loop has one.
_BACK = {"pause": "resume", "reject": "restore", "merge": "restore", "terminate": "restore"}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What becomes of one issue by a step (its name): where it was and comes to, or why not.

    Stages are their names, dates ISO text; `after`, `new_unit` and `new_due` are those after it.
    """

    code: str
    step: str
    title: str = ""
    unit: str | None = None
    before: str = ""
    due: str | None = None
    after: str = ""
    new_unit: str | None = None
    new_due: str | None = None
    why_not: str | None = None
    warnings: tuple[str, ...] = ()

    @property
    def fits(self) -> bool:
        """Whether the step can be taken."""
        return self.why_not is None

    @property
    def words(self) -> str:
        """Say in a sentence what will happen, or why it can't."""
        if self.why_not is not None:
            return self.why_not
        moved = self.before != self.after
        stays = f"仍在“{self.after}”，记下{self.step}"
        parts = [f"由“{self.before}”转入“{self.after}”" if moved else stays]
        if self.new_unit and self.new_unit != self.unit:
            parts.append(f"责任单位{f'由{self.unit}改' if self.unit else ''}为{self.new_unit}")
        if self.after == STAGE_LABELS[Stage.RECTIFY]:
            parts += _due_words(self, moved)
        return "，".join(parts) + "".join(f"；注意：{one}" for one in self.warnings)


def _due_words(outcome: Outcome, moved: bool) -> list[str]:
    if moved or outcome.due is None:
        new = outcome.new_due
        return [f"限期 {new}"] if new and (moved or new != outcome.due) else []
    if outcome.new_due == outcome.due:
        return []
    return [f"限期由 {outcome.due} 改为 {outcome.new_due or '无'}"]


@dataclass(frozen=True)
class Plan:
    """One step on many issues, and what would become of each as of the event numbered `seen`.

    `values` are the operation's typed values without the issue.
    """

    op: Operation
    values: Mapping[str, Any]
    seen: int
    outcomes: tuple[Outcome, ...]

    @cached_property
    def fitting(self) -> tuple[Outcome, ...]:
        """The issues the step can be taken on."""
        return tuple(one for one in self.outcomes if one.fits)

    @cached_property
    def refused(self) -> tuple[Outcome, ...]:
        """The issues it can't be taken on."""
        return tuple(one for one in self.outcomes if not one.fits)


@dataclass(frozen=True, slots=True)
class Done:
    """What was carried out: the plan as it came out, the 台账校验码 after it, the business date."""

    plan: Plan
    check_code: str
    on: date


def choices(session: Session, codes: Sequence[str]) -> tuple[Choice, ...]:
    """List the moves of many issues, as of each one what is next in the loop comes first.

    Each says how many of them it fits, or why none.
    """
    alike = marked.alike(session.conn, codes)
    issues = store.by_codes(session.conn, [one.code for one in alike])
    groups = [(issues[one.code], one.number) for one in alike]
    ranked = [_choice(move, groups) for move in stage.MOVES.values()]
    return tuple(choice for _, choice in sorted(ranked, key=itemgetter(0)))


def _choice(move: stage.Move, groups: Sequence[tuple[Issue, int]]) -> tuple[int, Choice]:
    """Give a move of issues alike in groups, and its place: the nearest it has for any of them."""
    total = sum(number for _, number in groups)
    fitting = [one for one in groups if stage.why_not(one[0], move.op) is None]
    fits = sum(number for _, number in fitting)
    rest = f"，{total - fits:,} 件不能" if fits < total else ""
    reason = f"已选的 {total:,} 件现在都不能{move.title}。"
    needs = f"{fits:,} 件可办{rest}；{move.needs}"
    op = OPERATIONS[f"issue.{move.op}"]
    place = min((stage.rank(issue, move.op) for issue, _ in fitting), default=_LAST)
    return place, Choice(op, needs, None if fits else reason, "已选的都不能办")


def preview(
    session: Session,
    op: str,
    codes: Sequence[str],
    values: Mapping[str, Any],
    progress: Progress = silent,
) -> Plan:
    """Say what would become of each issue, in the order given, each code once; writes nothing."""
    named = tuple(dict.fromkeys(code.strip() for code in codes))
    shared = {key: value for key, value in values.items() if key != "issue"}
    with rehearsing(session) as work:
        outcomes = tuple(_each(work, op, named, shared, progress, "预览"))
        return Plan(OPERATIONS[op], shared, work.appender.seq, outcomes)


def carry_out(
    session: Session, plan: Plan, *, skip_refused: bool = False, progress: Progress = silent
) -> Done:
    """Carry a plan out in one transaction: all of it, or nothing.

    Issues the plan refuses stand in the way unless `skip_refused`; they stay in the result, not
    done. Raises Refused when there are none to do, and when any issue changed since the plan was
    made or would come out otherwise, saying which. `progress` may raise to stop it all.
    """
    if plan.refused and not skip_refused:
        raise Refused(f"有 {len(plan.refused):,} 件不能{plan.op.title}。", code="some_refused")
    if not plan.fitting:
        raise Refused(f"没有一件能{plan.op.title}。", code="none_fit")
    with working(session) as work:
        _require_unchanged(work, plan)
        codes = [one.code for one in plan.fitting]
        came = tuple(_each(work, plan.op.name, codes, plan.values, progress, "办理"))
        _require_same(plan, came)
    by_code = {one.code: one for one in came}
    outcomes = tuple(by_code.get(one.code, one) for one in plan.outcomes)
    done = replace(plan, outcomes=outcomes)
    return Done(done, events.head_code(session.conn), session.today)


def _each(
    work: Work,
    op: str,
    codes: Sequence[str],
    values: Mapping[str, Any],
    progress: Progress,
    phase: str,
) -> Iterator[Outcome]:
    known = marked.briefs(work.conn, codes)
    for number, code in enumerate(codes, 1):
        if number % AHEAD == 1:
            work.load_ahead(codes[number - 1 : number - 1 + AHEAD])
        yield _one(work, op, code, known.get(code), values)
        if number % _EVERY == 0 or number == len(codes):
            progress(phase, number, len(codes))


def _one(
    work: Work, op: str, code: str, brief: marked.Brief | None, values: Mapping[str, Any]
) -> Outcome:
    """Take the step on one issue; what the session is warned of is told of this issue alone."""
    kept, work.session.warnings = work.session.warnings, []
    before = Outcome(code, OPERATIONS[op].title)
    if brief is not None:
        now = _STAGES[brief.stage]
        before = replace(before, title=brief.title, unit=brief.unit, before=now, due=brief.due_on)
    try:
        with tentative(work):
            record = step(work, op, {**values, "issue": code})
        return replace(
            before,
            after=record["stage_name"],
            new_unit=record["unit"],
            new_due=record["due_on"],
            warnings=tuple(work.session.warnings),
        )
    except SuperviseError as error:
        return replace(before, why_not=error.message)
    finally:
        work.session.warnings = kept


def _require_unchanged(work: Work, plan: Plan) -> None:
    """Refuse the plan when any of its issues has events that the plan doesn't know of."""
    touched = events.touched(work.conn, "issue", plan.seen)
    if not touched:
        return
    known = marked.briefs(work.conn, [one.code for one in plan.outcomes])
    changed = [brief for brief in known.values() if brief.id in touched]
    if changed:
        told = [
            meanwhile.sentence(work.issue(one.code), meanwhile.later(work, one.id, plan.seen))
            for one in changed[:_TOLD]
        ]
        raise _changed(len(changed), told)


def _require_same(plan: Plan, came: Sequence[Outcome]) -> None:
    """Refuse the whole when something came out otherwise than it was shown."""
    other = [
        f"{shown.code} {now.words}"
        for shown, now in zip(plan.fitting, came, strict=True)
        if replace(shown, warnings=()) != replace(now, warnings=())
    ]
    if other:
        raise _changed(len(other), other[:_TOLD])


def _changed(count: int, told: Sequence[str]) -> Refused:
    rest = f"等 {count:,} 件。" if count > _TOLD else ""
    return Refused(
        f"预览之后有 {count:,} 件起了变化，一件也没有办，请重新看过再办：{''.join(told)}{rest}",
        code="changed_meanwhile",
    )


def taking_back(op: Operation) -> str:
    """Say how a step on many issues can be taken back, where the loop has a step for it."""
    back = _BACK.get(op.verb)
    if back is None:
        return f"“{op.title}”没有反向的步骤；记错了的，逐件用“更正”改正，旧值留在记录里。"
    title = OPERATIONS[f"{op.noun}.{back}"].title
    return f"要收回：标记仍在，再对这些事项办“{title}”（各件另记一步，先前的仍在记录里）。"
