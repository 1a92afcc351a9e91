"""Every action of the dashboard in one list: keys, footer, palette and help are made from it.

Function keys and Ctrl come first: with a Chinese input method on, plain letters may not arrive.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from textual.binding import Binding, BindingType

from supervise.services.registry import OPERATIONS

_KEY_NAMES = {
    "question_mark": "?",
    "slash": "/",
    "escape": "Esc",
    "enter": "Enter",
}


@dataclass(frozen=True, slots=True)
class Command:
    """One action: its keymap id, what it is called, what it does, and the keys that do it.

    `label` is the word in the footer; without one the command is not shown there.
    """

    id: str
    title: str
    help: str
    action: str
    keys: str = ""
    label: str = ""

    @property
    def binding(self) -> Binding:
        """The key binding of the command."""
        return Binding(
            self.keys,
            self.action,
            self.label or self.title,
            show=bool(self.label),
            id=self.id,
            tooltip=self.help,
        )


def operation(name: str, keys: str = "", label: str = "") -> Command:
    """Make the command of an operation of the office."""
    op = OPERATIONS[name]
    return Command(name, op.title, op.help, f"operate('{name}')", keys, label)


def _noun(noun: str, keys: dict[str, tuple[str, str]] | None = None) -> tuple[Command, ...]:
    """Make the commands of every operation of a noun; `keys` gives some a key and a footer word."""
    return tuple(
        operation(name, *(keys or {}).get(name, ("", "")))
        for name, op in OPERATIONS.items()
        if op.noun == noun
    )


APP = (
    Command("app.help", "帮助", "各键的用法和本页能做的事", "help", "f1,question_mark", "帮助"),
    Command("app.overview", "今日工作", "打开今日工作", "mode('overview')", "f2,1"),
    Command("app.issues", "问题", "打开问题清单", "mode('issues')", "f3,2"),
    Command("app.notices", "通报", "打开每月通报", "mode('notices')", "f4,3"),
    Command("app.interviews", "约谈", "打开约谈", "mode('interviews')", "f5,4"),
    Command("app.units", "单位", "打开单位", "mode('units')", "f10,5"),
    Command("app.importing", "导入", "导入表格", "mode('importing')", "f11,ctrl+n,6"),
    Command("app.deadlines", "期限日程", "打开一个月的期限日程", "mode('deadlines')", "ctrl+l,7"),
    Command("app.log", "操作记录", "打开操作记录", "mode('log')", "ctrl+g,8"),
    Command("app.theme", "明暗切换", "在浅色与深色之间切换", "switch_theme", "f12,ctrl+t"),
    Command("app.reload", "重新读取", "重新读取台账", "reload", "ctrl+r"),
    Command("app.palette", "命令", "按名称找命令", "command_palette", "ctrl+p", "命令"),
    Command("app.quit", "退出", "退出", "quit", "ctrl+q", "退出"),
    Command("app.interrupt", "怎样退出", "Ctrl+C 只用来复制，不退出", "help_quit", "ctrl+c"),
)

OVERVIEW = (
    Command(
        "overview.open", "打开", "打开所选一行背后的清单，或去办这一步", "select", "enter", "打开"
    ),
    operation("notice.record", "f7", "记办文环节"),
    operation("issue.add", "f8", "登记"),
)

ISSUES = (
    Command("issues.act", "办理", "列出现在能办的各步", "act", "f6,ctrl+o", "办理"),
    Command("issues.filters", "筛选", "转到筛选", "filters", "f7,f", "筛选"),
    operation("issue.add", "f8,n", "登记"),
    Command("issues.search", "查找", "按文字、编号、单位查找", "search", "f9,slash,ctrl+f", "查找"),
    Command("issues.detail", "详情", "看所选事项的详情", "select", "enter", "详情"),
    Command("issues.sort", "排序", "换一种排序", "sort", "ctrl+s"),
    Command("issues.clock", "期限推算", "逐日说明限期怎么算", "clock", "ctrl+d"),
    Command("issues.copy", "复制编号", "复制所选事项的编号", "copy", "ctrl+y"),
    Command("issues.back", "返回", "返回清单", "back", "escape"),
    *(command for command in _noun("issue") if command.id != "issue.add"),
)

NOTICES = (
    Command("notices.act", "办理", "列出现在能办的各步", "act", "f6,ctrl+o", "办理"),
    Command("notices.paper", "正文与依据", "在通报正文与点名依据表间切换", "paper", "f7", "文稿"),
    operation("notice.draft", "f8", "拟稿"),
    operation("notice.issue", "f9", "签发"),
    Command(
        "notices.view",
        "下一栏",
        "换到名单、未提出、上期、说明、检查的下一栏",
        "view(1)",
        "ctrl+right,v",
    ),
    Command("notices.view_back", "上一栏", "换到前一栏", "view(-1)", "ctrl+left"),
    Command("notices.open", "看事项", "打开所选单位所涉的事项", "select", "enter", "打开"),
    Command(
        "notices.silent",
        "记未回复",
        "把没有登记答复的点名单位一并记为未回复",
        "silent",
        "ctrl+d",
    ),
    Command("notices.copy", "复制", "复制所选一行的单位或编号", "copy", "ctrl+y"),
    Command("notices.back", "返回", "返回", "back", "escape"),
    *(
        command
        for command in _noun(
            "notice",
            {
                "notice.name": ("ctrl+a,a", ""),
                "notice.exempt": ("ctrl+e,e", ""),
                "notice.restore": ("ctrl+u,u", ""),
                "notice.check": ("ctrl+k,c", ""),
                "notice.correct": ("ctrl+x,x", ""),
            },
        )
        if command.id not in {"notice.draft", "notice.issue"}
    ),
    *_noun(
        "explanation",
        {
            "explanation.receive": ("ctrl+w,w", ""),
            "explanation.accept": ("ctrl+f,f", ""),
            "explanation.return": ("ctrl+b,b", ""),
        },
    ),
)

INTERVIEWS = (
    Command("interviews.act", "办理", "列出现在能办的各步", "act", "f6,ctrl+o", "办理"),
    Command("interviews.paper", "依据与文稿", "在依据与提请文稿间切换", "paper", "f7", "文稿"),
    Command(
        "interviews.open", "打开", "看所选约谈的依据，或打开所涉的事项", "select", "enter", "打开"
    ),
    Command(
        "interviews.notice", "看通报", "打开所选约谈依据的最近一份通报", "notice", "f8", "看通报"
    ),
    Command("interviews.referrals", "屡督不改研判提示", "另页查看", "referrals", "f9", "研判"),
    Command("interviews.back", "返回", "返回", "back", "escape"),
    *_noun("interview"),
)

REFERRALS = (
    Command("referrals.act", "办理", "列出现在能办的各步", "act", "f6,ctrl+o", "办理"),
    Command("referrals.back", "返回", "返回约谈", "back", "escape", "返回"),
    *_noun("referral"),
)

UNITS = (
    Command("units.act", "办理", "列出现在能办的各步", "act", "f6,ctrl+o", "办理"),
    Command("units.back", "返回", "返回单位清单", "back", "escape"),
    *_noun("unit"),
)

IMPORTING = (Command("importing.back", "返回", "返回上一步", "back", "escape", "返回"),)

DEADLINES = (Command("deadlines.back", "返回", "返回", "back", "escape"),)

LOG = (Command("log.back", "返回", "返回", "back", "escape"),)

SCOPES = {
    "app": APP,
    "overview": OVERVIEW,
    "issues": ISSUES,
    "notices": NOTICES,
    "interviews": INTERVIEWS,
    "referrals": REFERRALS,
    "units": UNITS,
    "importing": IMPORTING,
    "deadlines": DEADLINES,
    "log": LOG,
}


def bindings(commands: Iterable[Command]) -> list[BindingType]:
    """Give the key bindings of the commands that have a key."""
    return [command.binding for command in commands if command.keys]


def key_name(key: str) -> str:
    """Give a key as printed on a keyboard."""
    if key in _KEY_NAMES:
        return _KEY_NAMES[key]
    return "+".join(part.capitalize() for part in key.split("+"))


def key_names(command: Command) -> str:
    """Give the keys of a command."""
    return " ".join(map(key_name, command.keys.split(",")))
