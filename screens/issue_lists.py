"""The lists of issues a user opens, keeps and shapes: what the page of issues shows in its list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from textual import on
from textual.message import Message

from screens.exporting import Export, Fitting, issues
from screens.issue_columns import Shape
from screens.issue_pane import IssuePane
from screens.issue_views import GROUPS, KEPT, OWN, Kept, Own
from screens.loading import read
from screens.resting import Rest
from screens.views import IssueSource
from screens.widgets.chips import Chips
from screens.widgets.counts import Choice as View
from screens.widgets.counts import Counts
from screens.widgets.crumbs import Crumb
from screens.widgets.record_list import RecordList
from screens.widgets.search_line import SearchLine
from supervise.services import narrowing, windows
from supervise.services.narrowing import NOTHING, Narrowing
from supervise.services.session import Session, login_name
from supervise.text import clean_line

_MINE = "mine"
_HANDLER = "handler"
_NOT_OWN = "只能改名或删除自己存的清单。"


def view_of(key: str, handler: str) -> str:
    """Give what a list shows by its key: 我经办的 is that of a handler."""
    return f"{windows.MINE}{handler}" if key == _MINE else key


def views(kept: Kept) -> list[View]:
    """List what can be opened, group by group."""
    groups = [[View(key, kept.title(key)) for key in group] for group in GROUPS]
    groups.append([View(one.key, one.name) for one in kept.own])
    found: list[View] = []
    for group in filter(None, groups):
        found += [View("", ""), *group]
    return found[1:]


# Seconds: the list comes before the counts beside it.
COUNTING = 0.05


def _count_all(own: tuple[Own, ...], handler: str, session: Session) -> dict[str, int | None]:
    keys = {key: view_of(key, handler) for group in GROUPS for key in group}
    found: dict[str, int | None] = {}
    wanted = {key: windows.view(session, view) for key, view in keys.items()}
    found.update(windows.counts(session, wanted))
    for one in own:
        found[one.key] = narrowing.count(
            session, view_of(one.view, handler), one.narrowing, one.search
        )
    return found


class IssueLists(IssuePane):
    """Which list is open, how it looks, and the user's own lists."""

    @dataclass
    class Counted(Message):
        """How many issues each list shows."""

        numbers: dict[str, int | None]

    def __init__(self) -> None:
        super().__init__()
        self._kept = Kept.read(self.board.preferences.get(KEPT))
        self._key = "open"
        self._source = IssueSource(self._key, sort=self._shape.sort)
        self._counting = Rest(self, self._count, COUNTING)
        # How many issues the ledger has, once they are counted.
        self._total: int | None = None

    @property
    def _shape(self) -> Shape:
        return self._kept.shape(self._key)

    # Which list is open.

    def _show_list(self, *, keep_place: bool = False) -> None:
        source = self._source
        title = self._list_title
        found = f"，含“{source.search}”" if source.search else ""
        self.issues.retitle(f"{title}{found}，按{self._shape.sort_words}")
        self.query_one(Chips).show(source.narrowing.chips())
        self.tell_where()
        self.issues.when_empty(self._nothing)
        self.issues.watch_source(source, keep_place=keep_place)

    @property
    def _nothing(self) -> str:
        """What to say when the list is empty, and what to do about it."""
        if self._total == 0:
            return "台账里还没有事项：F8 登记一件，F11 导入表格"
        if self._source.search or self._source.narrowing != NOTHING:
            return "没有这样的事项；Esc 清空查找和筛选"
        if self._key == _MINE:
            return f"没有经办人是“{self._handler}”的事项；是别的姓名，按 Ctrl+P 选“我的姓名”"
        return "没有这样的事项"

    @property
    def _handler(self) -> str:
        """The name the user goes by as 经办人: as set, else the login name."""
        return clean_line(str(self.board.preferences.get(_HANDLER) or "")) or login_name()

    @property
    def _list_title(self) -> str:
        """The name of the open list; of 我经办的 also whose it is."""
        if not self._listed:
            return windows.title(self._source.view)
        whose = f"（{self._handler}）" if self._key == _MINE else ""
        return f"{self._kept.title(self._key)}{whose}"

    @property
    def _listed(self) -> bool:
        return self._key in windows.VIEWS or self._key.startswith(OWN)

    def _open_list(self, key: str, search: str = "", narrowed: Narrowing = NOTHING) -> None:
        """Show a list from its beginning, as it was left."""
        own = self._kept.find(key)
        if own is not None:
            search, narrowed = own.search, own.narrowing
        self._key = key
        view = view_of(own.view if own is not None else key, self._handler)
        self._source = IssueSource(view, search, self._shape.sort, narrowed)
        self.query_one(SearchLine).write(search)
        self.issues.set_columns(self._shape.shown())
        if self._listed:
            self.query_one(Counts).choose(key)
        self._show_list()

    def why_of(self) -> tuple[str, str | None] | None:
        """Ask about the issue under the cursor, else the one that is shown."""
        record = self.issues.record or self.shown
        return (str(record["code"]), None) if record else None

    def fitting(self) -> Fitting:
        """Say that papers can be made for the issue, and for all that is marked."""
        record = self.issues.record or self.shown
        if record is None:
            return {"list": ((), None)}
        code = str(record["code"])
        marked = tuple(map(str, self.issues.marks)) or (code,)
        one = ((code,), None)
        return {"issue": one, "issues": (marked, None), "scope": one, "list": ((), None)}

    def lists(self) -> list[Export]:
        """Give the list as it is filtered and searched now, with all of its columns."""
        source = self._source
        title = self.where()[1].words
        words = [title, *(said for _, said in source.narrowing.chips())]
        words += [f"含“{source.search}”"] if source.search else []
        return [issues(title, "，".join(words), source.chosen)]

    def where(self) -> Sequence[Crumb]:
        """Say which list is open, and which issue where its detail is."""
        title = self._list_title
        inside = self.focused is not None and self.focused is not self.issues
        code = str(self.shown["code"]) if self.shown and self.has_class("-detail") else ""
        return (
            Crumb(self.HEADING, "views"),
            Crumb(title, "back" if inside else ""),
            Crumb(code),
        )

    # How many each of them shows.

    def _count(self) -> None:
        task = partial(_count_all, self._kept.own, self._handler)
        read(self, "counts", task, self.Counted, "读取各清单的件数")

    @on(Counted)
    def take_counts(self, message: Counted) -> None:
        """Show the counts."""
        self._total = message.numbers.get("all")
        self.issues.when_empty(self._nothing)
        self.query_one(Counts).show(message.numbers)

    # The user's own lists, columns and orders.

    def _remember(self, kept: Kept) -> None:
        self._kept = kept
        self.board.remember(**{KEPT: kept.stored()})

    def _reshape(self, shape: Shape | None) -> None:
        if shape is not None and shape != self._shape:
            self._remember(self._kept.with_shape(self._key, shape))
            self._source = replace(self._source, sort=shape.sort)
            self.issues.set_columns(shape.shown())
            self._show_list(keep_place=True)

    def action_sort(self) -> None:
        """Take the next order."""
        self._reshape(self._shape.next_sort())

    @on(RecordList.HeaderClicked, "#issues")
    def sort_by_column(self, message: RecordList.HeaderClicked) -> None:
        """Order by the column whose title was clicked."""
        shape = self._shape.sorted_by(message.column)
        if shape is None:
            self.board.say(f"不能按“{message.column.title}”排序。", bad=True)
        self._reshape(shape)

    def action_columns(self) -> None:
        """Choose columns and order."""
        from screens.dialogs.columns import ColumnsDialog

        self.app.push_screen(ColumnsDialog(self._shape), self._reshape)

    def action_keep(self) -> None:
        """Keep the present list under a name."""
        source, shape = self._source, self._shape
        view = _MINE if source.view.startswith(windows.MINE) else source.view

        def named(name: str | None) -> None:
            if name is not None:
                own = Own(name, view, source.narrowing, source.search)
                self._relist(self._kept.with_own(own, shape), own.key)

        given = self._kept.title(self._key) if self._key.startswith(OWN) else ""
        says = "记下现在的清单、筛选、查找、栏目和排序；同名的自己的清单以新的为准。"
        self._ask_name("存为清单", says, given, self._key if given else "", named)

    def _ask_name(
        self, heading: str, says: str, given: str, besides: str, named: Callable[[str | None], None]
    ) -> None:
        from screens.dialogs.name import NameDialog

        problem = partial(self._kept.name_problem, besides=besides)
        self.app.push_screen(NameDialog(heading, says, given, problem), named)

    def action_handler(self) -> None:
        """Ask by which name the user is 经办人; that list is opened then."""
        from screens.dialogs.name import NameDialog

        def named(name: str | None) -> None:
            if name is not None:
                self.board.remember(**{_HANDLER: name})
                self._open_list(_MINE)
                self._count()

        says = "“我经办的”列出经办人是这个姓名的事项；空着是登录名。录入人仍记登录名。"
        self.app.push_screen(NameDialog("我的姓名", says, self._handler, lambda _: ""), named)

    def action_rename(self) -> None:
        """Give one's own list another name."""
        key, old = self._key, self._kept.title(self._key)

        def named(name: str | None) -> None:
            if name is not None:
                self._relist(self._kept.renamed(key, name), f"{OWN}{name}")

        self._ask_name("清单改名", f"清单“{old}”的新名称。", old, key, named)

    def action_drop(self) -> None:
        """Delete one's own list; the issues in it are not touched."""
        from screens.dialogs.confirm import Confirm

        key, name = self._key, self._kept.title(self._key)

        def sure(yes: bool | None) -> None:
            if yes:
                self._relist(self._kept.without(key), "open")

        says = f"删除自己的清单“{name}”？事项不受影响。"
        self.app.push_screen(Confirm("删除清单", says, "删除"), sure)

    def _relist(self, kept: Kept, key: str) -> None:
        """Take over changed lists, and open one of them."""
        self._remember(kept)
        self.query_one(Counts).fill(views(kept))
        self._open_list(key)
        self._count()

    def why_not(self, action: str) -> str | None:
        """Say why an action can't be taken now."""
        if action in {"rename", "drop"} and not self._key.startswith(OWN):
            return _NOT_OWN
        if action in {"keep", "columns", "sort"} and not self._listed:
            return "这份清单是从别处打开的，不能改；请先选一份清单。"
        return super().why_not(action)
