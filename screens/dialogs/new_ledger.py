"""A new ledger: where it lies and under which rules; and the demo, built while one watches."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from textual import on
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Button, Input, OptionList, ProgressBar, Static
from textual.widgets.option_list import Option

from screens.dialogs.dialog import Dialog
from screens.loading import Failed, read
from screens.progress import LongWork, Progressed, Tell
from screens.widgets.columns import fitted, one_line
from screens.widgets.entry import Entry
from supervise.services.session import Session

_TITLE = 66


def _packs(_: Session) -> list[dict[str, Any]]:
    from supervise.services import packs

    return packs.listing()


def _line(pack: dict[str, Any]) -> Option:
    return Option(Content(fitted(one_line(pack["title"]), _TITLE)), id=pack["name"])


@dataclass
class Made(Message):
    """The ledger was made."""

    path: Path


class MakingDialog(Dialog[Path]):
    """Makes a ledger in a thread, and shows how far it is; Esc stops it."""

    def on_mount(self) -> None:
        """Have the work ready to begin."""
        self._work = LongWork(self)
        self._busy = False

    def _begin(self, task: Any, description: str) -> None:  # noqa: ANN401
        self.say_error("")
        self._busy = True
        self.query_one("#accept", Button).disabled = True
        self._work.start(task, Made, description, write=True)

    @on(Made)
    def made(self, message: Made) -> None:
        """Give the new ledger."""
        message.stop()
        self.dismiss(message.path)

    @on(Failed)
    def not_made(self, message: Failed) -> None:
        """Say why it was not made."""
        message.stop()
        self._busy = False
        self.query_one("#accept", Button).disabled = False
        self.say_error(message.sentence.replace("台账未变", "没有建台账"))

    def action_cancel(self) -> None:
        """Stop what is being made, or leave."""
        if self._busy:
            self._work.stop()
        else:
            self.dismiss(None)

    def _place(self) -> Path | None:
        """Give the path typed; None, with a sentence, when there is none."""
        typed = self.query_one("#place", Input).value.strip().strip("\"'")
        if not typed:
            self.say_error("请写明台账放在哪里，如 ~/督导/ledger.db。")
            return None
        return Path(typed).expanduser().absolute()


def _labelled(label: str, widget: Widget) -> Horizontal:
    return Horizontal(Static(label, classes="label"), widget, classes="line")


class NewLedgerDialog(MakingDialog):
    """Asks for the rules, the place and the number of the office; makes the ledger."""

    heading = "新建台账"
    sentence = "选一套规则；以后要换，或用本办自己写的，用命令 supervise pack use。"
    accept_label = "新建"

    @dataclass
    class Packs(Message):
        """The packs were read."""

        packs: list[dict[str, Any]]

    def __init__(self, place: Path) -> None:
        super().__init__()
        self._start = place
        self._packs: list[dict[str, Any]] = []

    def body(self) -> Iterator[Widget]:
        """Give the packs, the place and the number."""
        yield OptionList(id="packs", compact=True)
        yield Static("", id="source")
        yield _labelled("台账文件", Entry(str(self._start), id="place", compact=True))
        yield _labelled("本办序号", Entry("0", id="office", compact=True, restrict="[0-9]*"))
        yield Static(
            "只有本办记账的，序号不用改；几处分记、日后合并的，各用不同的数。",
            classes="note",
        )

    def on_mount(self) -> None:
        """Read the packs."""
        read(self, "packs", _packs, self.Packs, "读取规则包")

    @on(Packs)
    def show_packs(self, message: Packs) -> None:
        """Show the packs; the usual one is marked."""
        self._packs = message.packs
        self.say_error("")
        packs = self.query_one("#packs", OptionList)
        packs.add_options([_line(pack) for pack in message.packs])
        names = [pack["name"] for pack in message.packs]
        packs.highlighted = names.index("jingmen") if "jingmen" in names else 0
        packs.focus()

    @on(OptionList.OptionHighlighted, "#packs")
    def show_source(self, message: OptionList.OptionHighlighted) -> None:
        """Show what the rules under the mark rest on."""
        message.stop()
        source = one_line(self._packs[message.option_index]["source"] or "没有写明")
        self.query_one("#source", Static).update(Content(f"依据：{source}"))

    @on(OptionList.OptionSelected, "#packs")
    def go_on(self, message: OptionList.OptionSelected) -> None:
        """Go from the rules to the place."""
        message.stop()
        self.query_one("#place").focus()

    @on(Input.Submitted)
    def next_line(self, message: Input.Submitted) -> None:
        """Go from the place to the number, and from there make the ledger."""
        message.stop()
        if message.input.id == "place":
            self.query_one("#office").focus()
        else:
            self.action_accept()

    def action_accept(self) -> None:
        """Make the ledger."""
        packs, place = self.query_one("#packs", OptionList), self._place()
        if self._busy or place is None:
            return
        if packs.highlighted is None:
            self.say_error("正在读取规则，选好了再按。")
            return
        pack = packs.get_option_at_index(packs.highlighted).id or "jingmen"
        office = int(self.query_one("#office", Input).value[:9] or 0)

        def task(session: Session, _: Tell) -> Path:
            from supervise.services import ledger

            ledger.create(place, pack, office, session.today)
            return place

        self._begin(task, "新建台账")


class DemoDialog(MakingDialog):
    """Asks where the demo is to lie, and builds it."""

    heading = "看演示"
    sentence = "建一个虚构城市十二个月的台账，几秒钟；单位、企业、人都是编的。"
    accept_label = "建立"

    def __init__(self, ledger: Path) -> None:
        super().__init__()
        self._beside = ledger.with_name("demo.db")

    def body(self) -> Iterator[Widget]:
        """Give the place and the bar."""
        yield _labelled("放在", Entry(id="place", compact=True, placeholder="空着就放在临时文件夹"))
        yield Static(
            f"要留着慢慢看，可写 {one_line(str(self._beside))}", classes="note", markup=False
        )
        yield ProgressBar(id="made", show_eta=False)

    def on_mount(self) -> None:
        """Begin on the place."""
        self.query_one("#place").focus()

    @on(Input.Submitted, "#place")
    def build(self, message: Input.Submitted) -> None:
        """Build it."""
        message.stop()
        self.action_accept()

    @on(Progressed)
    def show_progress(self, message: Progressed) -> None:
        """Show how many months are done."""
        message.stop()
        self.query_one("#made", ProgressBar).update(total=message.total, progress=message.done)

    def action_accept(self) -> None:
        """Build the demo where it was said, or in a temporary folder."""
        if self._busy:
            return
        said = self.query_one("#place", Input).value.strip()
        place = self._place() if said else None
        if said and place is None:
            return

        def task(_: Session, tell: Tell) -> Path:
            from supervise.services import demo

            path = place or _temporary()
            demo.build(path, tell)
            return path

        self.query_one("#made").add_class("-shown")
        self._begin(task, "建立演示台账")


def _temporary() -> Path:
    import tempfile

    return Path(tempfile.mkdtemp(prefix="supervise-")) / "demo.db"
