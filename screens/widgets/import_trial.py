"""The last step of an import: what would come of it, every bad row, and how far the work is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import ProgressBar, Select, Static

from screens.keys import Keymap
from screens.widgets.columns import Cell, Column, Record, one_line
from screens.widgets.record_list import RecordList
from screens.widgets.sentence import Sentence
from screens.widgets.switches import Switches
from screens.wording import on_screen
from supervise.domain.records import UNIT_KINDS
from supervise.services.import_kinds import Kind
from supervise.services.import_run import REFUSED, WARNED, Outcome, Problem
from supervise.services.importing import Options

SWITCHES = (
    ("add_units", "新增单位", "表中没见过的单位一并登记，标为待核"),
    ("update", "更新已有", "改动过的行更新到台账，只用填了的格"),
    ("compute_due", "推算限期", "限期空白的，按本办时限推算"),
    ("skip_bad", "跳过错行", "有错的行不导入，其余照常"),
)
AGAIN = ("again", "再办一次", "内容相同的文件办过也再办")
FILTERS = (("全部", ""), ("拒绝", REFUSED), ("提示", WARNED))


def _kind(record: Record) -> Cell:
    kind = record["problem"].kind
    return Cell(kind, "bad" if kind == REFUSED else "warn")


def _row(record: Record) -> str:
    row = record["problem"].row
    return "" if row is None else f"{row:,}"


COLUMNS = (
    Column("情形", _kind, 4),
    Column("行", _row, 7, right=True),
    Column("列", lambda r: r["problem"].column, 12),
    Column("单元格内容", lambda r: Cell(r["problem"].value, "strong"), 14),
    Column("原因", lambda r: r["problem"].reason, 30, grows=True),
    Column("该行内容", lambda r: Cell(r["problem"].subject, "muted"), 20, spare=1),
)


class TrialStep(Vertical):
    """Switches on top, the counts, the rows that are refused."""

    DEFAULT_CSS = """
    TrialStep {
        #kind-line { height: 1; .label { width: auto; color: $muted; padding: 0 1 0 0; } }
        #unit-kind { width: 20; }
        #how { height: 1; color: $muted; }
        #counts { height: auto; margin: 1 0 0 0; }
        ProgressBar { height: 1; display: none; }
        ProgressBar.-shown { display: block; }
        #problems { height: 1fr; }
        #whole { height: auto; max-height: 4; color: $muted; }
    }
    """

    @dataclass
    class Switched(Message):
        """How the file is to be imported was changed."""

    def __init__(self) -> None:
        super().__init__(id="trial-step", classes="step")
        self._problems: tuple[Problem, ...] = ()
        self._filter = 0

    def compose(self) -> ComposeResult:
        """Lay out the switches, the counts and the list."""
        yield Static(
            "怎么导入：按 Shift+Tab 转到这里，空格或点一下打开、关上", id="how", markup=False
        )
        yield Switches(id="switches")
        with Horizontal(id="kind-line"):
            yield Static("新增单位的类别", classes="label")
            yield Select(
                [(kind, kind) for kind in UNIT_KINDS],
                value="市直部门",
                allow_blank=False,
                compact=True,
                id="unit-kind",
            )
        yield Static("", id="counts")
        yield ProgressBar(show_eta=False, id="bar")
        yield RecordList(
            COLUMNS, key="n", title="核对情况", measure="条", empty="没有问题", id="problems"
        )
        yield Sentence("", id="whole")

    def offer(self, kind: Kind) -> None:
        """Offer the switches of a kind of file, all of them off."""
        offered = {Kind.ISSUES: SWITCHES, Kind.UNITS: (), Kind.BATCH: (AGAIN,)}
        self.query_one(Switches).offer(offered[kind])
        self.query_one("#how").display = bool(offered[kind])
        self.query_one("#kind-line").display = False

    @property
    def options(self) -> Options:
        """How the file is to be imported."""
        on_now = self.query_one(Switches).chosen
        kind = str(self.query_one("#unit-kind", Select).value)
        return Options(
            kind=kind,
            add_units="add_units" in on_now,
            update="update" in on_now,
            compute_due="compute_due" in on_now,
            skip_bad="skip_bad" in on_now,
        )

    @property
    def again(self) -> bool:
        """Whether a batch applied before is to be applied again."""
        return "again" in self.query_one(Switches).chosen

    # Telling what came of it.

    def working(self, sentence: str, done: int = 0, total: int = 0) -> None:
        """Say what is being done, and how far it is."""
        bar = self.query_one(ProgressBar)
        bar.add_class("-shown")
        bar.update(total=total or None, progress=done)
        self.query_one("#counts", Static).update(Content(sentence))

    def still(self, content: Content) -> None:
        """Say what came of it; nothing is going on."""
        self.query_one(ProgressBar).remove_class("-shown")
        self.query_one("#counts", Static).update(content)

    def show(self, outcome: Outcome) -> None:
        """Show what a file would do."""
        self.still(tally(outcome))
        keymap: Keymap = getattr(self.app, "keymap", {})
        self._problems = tuple(
            replace(one, reason=on_screen(one.reason, keymap)) for one in outcome.problems
        )
        self._filter = 0
        self._show_problems()

    def next_filter(self) -> None:
        """Show all problems, the refused rows only, the hints only, and so on."""
        self._filter = (self._filter + 1) % len(FILTERS)
        self._show_problems()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All problems, whatever is shown of them."""
        return self._problems

    def _show_problems(self) -> None:
        title, kind = FILTERS[self._filter]
        shown: Sequence[Problem] = [p for p in self._problems if not kind or p.kind == kind]
        problems = self.query_one("#problems", RecordList)
        problems.retitle(f"核对情况（{title}）")
        problems.show([{"n": number, "problem": one} for number, one in enumerate(shown)])
        problems.cursor = 0

    @on(RecordList.Highlighted, "#problems")
    def tell_whole(self, message: RecordList.Highlighted) -> None:
        """Tell in full what is wrong with the row under the cursor."""
        message.stop()
        one: Problem | None = message.record["problem"] if message.record else None
        words = ""
        if one is not None:
            place = f"第{one.row}行" if one.row is not None else "整个文件"
            column = f"“{one.column}”" if one.column else ""
            value = f"，填的是“{one.value}”" if one.value else ""
            words = f"{place}{column}{value}：{one.reason}"
        self.query_one("#whole", Sentence).say(one_line(words))

    @on(Switches.Turned)
    def switched(self, message: Switches.Turned) -> None:
        """Say that a switch was turned; the kind of new units is asked when there may be some."""
        message.stop()
        self.query_one("#kind-line").display = self.options.add_units
        self.post_message(self.Switched())

    @on(Select.Changed, "#unit-kind")
    def kind_changed(self, message: Select.Changed) -> None:
        """Say that new units are of another kind."""
        message.stop()
        if self.query_one("#kind-line").display:
            self.post_message(self.Switched())


def tally(outcome: Outcome) -> Content:
    """Draw the counts of a trial or an import."""
    refused = "$error bold" if outcome.refused else "$muted"
    parts: list[tuple[str, str]] = [(f"共 {outcome.rows:,} 行：", "")]
    if outcome.kind is Kind.BATCH:
        parts.append((f"可办 {outcome.added:,} 项  ", "$success bold"))
    else:
        parts += [
            (f"新增 {outcome.added:,}  ", "$success bold"),
            (f"更新 {outcome.updated:,}  ", "$primary bold"),
            (f"不变 {outcome.unchanged:,}  ", "$muted"),
        ]
    parts.append((f"拒绝 {outcome.refused:,}", refused))
    more = [
        f"新增单位 {outcome.units_added:,} 个" if outcome.units_added else "",
        f"新写法 {outcome.aliases_added:,} 个" if outcome.aliases_added else "",
    ]
    told = "，".join(filter(None, more))
    parts.append((f"  （{told}）" if told else "", "$muted"))
    return Content.assemble(*parts)
