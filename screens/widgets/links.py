"""What belongs to an issue and can be opened: stored files, notices that printed it, interviews."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from textual import on
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from screens.folders import size_words
from screens.widgets.columns import Record, one_line

_ENTRY = {"exempt": "免予点名", "withdrawn": "已撤销"}
_POLARITY = {"named": "点名", "praised": "表扬", "noted": "提示"}


@dataclass(frozen=True, slots=True)
class Link:
    """One thing to open: `file` by its hash, `text` only to read, else the page it stands on."""

    kind: str
    target: str
    label: str
    words: str


def links_of(record: Record) -> Iterator[Link]:
    """List what an issue's record leads to."""
    for one in record.get("notices") or ():
        number = one.get("number") or ""
        status = _ENTRY.get(str(one["status"])) or _POLARITY[str(one["polarity"])]
        words = f"{one['period']} {number} {status}{one['unit']}，{one['issued_on']} 签发"
        yield Link("notice", f"naming:{one['period']}:{one['unit']}", "通报", words)
    for one in record.get("interviews") or ():
        months = "、".join(one["periods"])
        words = f"{one['unit']} {one['status_name']}，依据 {months}"
        yield Link("interview", f"interview:{one['id']}", "约谈", words)
    for one in record.get("decisions") or ():
        answered = f"，回告 {one['answered_on']}：{one['answer']}" if one["answered_on"] else ""
        words = f"{one['held_on']} {one['tier']}：{one['text']}{answered}"
        yield Link("dispatch", f"meeting:{one['id'].partition('-')[0]}", "调度", words)
    for one in record.get("instructions") or ():
        words = f"{one['on']} {one['leader']}：{one['gist']}　{one['status_name']}"
        yield Link("instructions", f"instruction:{one['id']}", "批示", words)
    for one in record.get("evidence") or ():
        size = f"  {size_words(int(one['size']))}" if one.get("size") else ""
        kind = "file" if one.get("sha256") else "text"
        words = f"{one['name']}{size}  {one['added_on']}"
        yield Link(kind, str(one.get("sha256") or ""), "佐证", words)


class Links(OptionList):
    """One line each; Enter opens it."""

    DEFAULT_CSS = """
    Links {
        height: auto; max-height: 8; background: transparent; border: none; padding: 0;
        overflow-x: hidden; scrollbar-size-vertical: 1; text-wrap: nowrap; text-overflow: ellipsis;
        & > .option-list--option-highlighted { background: transparent; color: $foreground; }
        &:focus { border: none; }
        &:focus > .option-list--option-highlighted { background: $chosen; color: $chosen-text; }
    }
    """

    @dataclass
    class Opened(Message):
        """One of them is to be opened."""

        link: Link

    _links: tuple[Link, ...] = ()

    def show(self, links: Sequence[Link]) -> None:
        """Show what can be opened; nothing hides the list."""
        self.display = bool(links)
        if tuple(links) == self._links:
            return
        self._links = tuple(links)
        with self.prevent(OptionList.OptionHighlighted):
            self.clear_options()
            self.add_options(Option(_prompt(link)) for link in links)
            if links:
                self.highlighted = 0

    @on(OptionList.OptionSelected)
    def _open(self, message: OptionList.OptionSelected) -> None:
        message.stop()
        self.post_message(self.Opened(self._links[message.option_index]))


def _prompt(link: Link) -> Content:
    tone = "$muted" if link.kind == "text" else "$primary"
    return Content.assemble((f"{link.label}  ", "$muted"), (one_line(link.words), tone))
