"""Issues loaded ahead of many steps are what the ledger holds, whatever the steps do to them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from db import issues as store
from supervise.domain import stage
from supervise.errors import Refused
from supervise.services.arguments import typed
from supervise.services.registry import OPERATIONS
from supervise.services.work import Work, step, tentative, working
from tests.services.office import Office

Alone = Callable[[], AbstractContextManager[None]]
_SAID = {
    "assign": {"unit": "市住建局"},
    "transfer": {"unit": "市水务局", "reason": "职责调整"},
    "progress": {"note": "正在施工"},
    "submit": {"measures": "已整改"},
    "return": {"reason": "没有改到位", "due_on": "2025-02-10"},
    "reply": {"note": "已答复"},
    "feedback": {"satisfaction": "满意"},
    "revisit": {"result": "稳定"},
    "ask": {"due_on": "2025-03-01", "reason": "等材料"},
    "extend": {"due_on": "2025-03-01", "reason": "等材料"},
    "reclassify": {"urgency": "紧急", "reason": "升级"},
    "escalate": {"level": "分管市领导"},
    "merge": {"into": "甲-0"},
    "correct": {"field": "事项", "value": "路灯全部不亮", "reason": "抄错"},
}
_UNITS = {
    "unit.merge": {"unit": "市住建局", "into": "市园林局"},
    "unit.rename": {"unit": "市水务局", "name": "市水利局"},
}


def _take(work: Work, name: str, said: dict[str, str], alone: Alone) -> None:
    """Take one step where it is allowed."""
    op = OPERATIONS[name]
    reason = {f.name: "理由" for f in op.fields if f.required and f.name == "reason"}
    try:
        with alone():
            step(work, name, typed(op, {**reason, **said}))
    except Refused:
        return


@settings(max_examples=40)
@given(
    steps=st.lists(
        st.tuples(
            st.sampled_from([*sorted(stage.MOVES), *_UNITS]),
            st.integers(0, 3),
        ),
        max_size=16,
    ),
    together=st.booleans(),
)
def test_what_was_loaded_ahead_is_what_the_ledger_holds(
    empty_ledger: Path, steps: list[tuple[str, int]], together: bool
) -> None:
    """Looked at after each step; or all steps written together, and looked at in the end."""
    path = empty_ledger.with_name("ahead.db")
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    own = Office(Path(shutil.copy(empty_ledger, path)))
    try:
        for name in ("市住建局", "市水务局", "市园林局"):
            own.unit(name)
        for number in range(4):
            own.do("issue.add", issue=f"甲-{number}", title="路灯不亮", on="2024-12-02")
        codes = [f"甲-{number}" for number in range(4)]
        with working(own.session, told=False) as work:
            work.load_ahead(codes)
            with work.gathered() if together else nullcontext():
                _all(work, codes, steps, together)
            _same(work, codes)
        own.verified()
    finally:
        own.close()


def _all(work: Work, codes: list[str], steps: list[tuple[str, int]], together: bool) -> None:
    alone = nullcontext if together else partial(tentative, work)
    for verb, number in steps:
        if verb in _UNITS:
            _take(work, verb, _UNITS[verb], alone)
        else:
            said = {"issue": codes[number], **_SAID.get(verb, {})}
            _take(work, f"issue.{verb}", said, alone)
        if not together:
            _same(work, codes)


def _same(work: Work, codes: list[str]) -> None:
    for code, issue in store.by_codes(work.conn, codes).items():
        assert work.issue(code) == issue == store.get(work.conn, code)
