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
    "space": "空格",
    "ctrl+@": "Ctrl+空格",
    "ctrl+right_square_bracket": "Ctrl+]",
    "ctrl+backslash": "Ctrl+\\",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "left": "←",
    "right": "→",
    "up": "↑",
    "down": "↓",
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
    Command("app.dispatch", "调度", "打开调度", "mode('dispatch')", "ctrl+f6"),
    Command("app.instructions", "批示件", "打开批示件", "mode('instructions')", "ctrl+f7"),
    Command("app.revisits", "回头看", "打开回头看", "mode('revisits')", "ctrl+f8"),
    Command("app.tasks", "任务", "打开方案任务", "mode('tasks')", "ctrl+f2,9"),
    Command("app.duties", "定期报送", "打开定期报送", "mode('duties')", "ctrl+f3,0"),
    Command("app.sheets", "收表", "打开发表、收表、对账", "mode('sheets')", "ctrl+f4"),
    Command(
        "app.foresight", "到期预警", "谁将被点名、谁将达到约谈条件", "mode('foresight')", "ctrl+f5"
    ),
    Command("app.theme", "换颜色", "依次换深色、浅色、高对比", "switch_theme", "f12"),
    Command("app.keys", "改键", "改本页和各页的快捷键", "remap"),
    Command("app.open", "打开台账", "换一个台账打开", "open_ledger"),
    Command("app.reload", "重新读取", "重新读取台账", "reload", "ctrl+r"),
    Command("app.palette", "命令", "按名称找命令", "command_palette", "ctrl+p", "命令"),
    Command("app.quit", "退出", "退出", "quit", "ctrl+q", "退出"),
)

# What every page can do with the row under the cursor, and with what it shows.
EVERY = (
    Command("page.copy", "复制编号", "复制所选一行的编号；没有编号的，复制名称", "copy", "ctrl+y"),
    Command("page.copy_row", "复制整行", "复制所选一行，各格以制表符分开", "copy_row", "ctrl+c"),
    Command(
        "page.copy_cell",
        "复制一格",
        "选所选一行的一格复制；用鼠标右键点一格也可",
        "copy_cell",
        "ctrl+right_square_bracket",
    ),
    Command("page.export", "导出", "导出文书，或把清单存为文件", "export", "ctrl+t"),
    Command("page.saved", "保存", "不用另外保存：每办一步随即存入台账", "saved", "ctrl+s"),
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
    Command("issues.narrow", "筛选", "设定筛选条件，各项同时满足", "narrow", "f7,f", "筛选"),
    operation("issue.add", "f8,n", "登记"),
    Command(
        "issues.search",
        "查找",
        "按文字、编号、工单号、单位或其拼音首字母查找，空格分开的都要有",
        "search",
        "f9,slash,ctrl+f",
        "查找",
    ),
    Command("issues.detail", "详情", "看所选事项的详情", "select", "enter", "详情"),
    Command("issues.views", "清单", "转到左边的各份清单", "views", "ctrl+left,left"),
    Command(
        "issues.keep", "存为清单", "把现在的筛选、查找、栏目和排序存为自己的清单", "keep", "ctrl+k"
    ),
    Command("issues.rename", "清单改名", "给自己的清单改名", "rename"),
    Command("issues.drop", "删除清单", "删除自己的清单", "drop"),
    Command("issues.handler", "我的姓名", "改“我经办的”按哪个经办人列", "handler"),
    Command("issues.sort", "排序", "换一种排序", "sort", "ctrl+f9,s"),
    Command("issues.columns", "栏目与排序", "选择栏目、次序和排序", "columns", "ctrl+w"),
    Command("issues.links", "关联", "转到佐证、通报和约谈", "links", "ctrl+right"),
    Command("issues.evidence", "添加佐证", "选一个文件存为佐证", "evidence", "ctrl+e"),
    Command("issues.notice", "看通报", "打开印有这件事项的最近一份通报", "notice", "ctrl+z"),
    Command("issues.many", "批量办理", "对已选的全部事项办同一步，先看结果", "many", "ctrl+x"),
    Command("issues.mark", "标记", "标记所选一行，或去掉标记", "mark", "ctrl+@,insert,space"),
    Command("issues.mark_to", "标记到此", "从上次标记的一行标记到这里", "mark_to", "ctrl+b,v"),
    Command("issues.mark_all", "全部标记", "标记清单现在显示的全部", "mark_all", "ctrl+a"),
    Command("issues.unmark", "取消标记", "去掉全部标记", "unmark", "ctrl+u"),
    Command("issues.clock", "期限推算", "逐日说明限期怎么算", "clock", "ctrl+d"),
    Command("issues.events", "操作记录", "看这件事项的操作记录", "events", "ctrl+backslash"),
    Command("issues.why", "为什么", "限期的来历：规则、逐日、记录、佐证", "why", "ctrl+f1,y"),
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
        "依次换名单、上期、说明、检查等栏",
        "view(1)",
        "ctrl+right,v",
    ),
    Command("notices.view_back", "上一栏", "换到前一栏", "view(-1)", "ctrl+left"),
    Command("notices.open", "看事项", "打开所选单位所涉的事项", "select", "enter", "打开"),
    Command(
        "notices.silent",
        "记未回复",
        "没有答复的点名单位一并记为未回复",
        "silent",
        "ctrl+d",
    ),
    Command("notices.why", "为什么", "所选单位为什么列入这个月的通报", "why", "ctrl+f1,y"),
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
    Command(
        "interviews.paper",
        "看文稿",
        "看文稿；已决定的再按一次，在提请文稿与办理情况表间切换",
        "paper",
        "f7",
        "文稿",
    ),
    Command(
        "interviews.notice",
        "看通报",
        "打开所选月份的通报；没有选中月份的，打开最近一份",
        "notice",
        "f8",
        "看通报",
    ),
    Command("interviews.unit", "看单位", "打开被约谈单位的情况", "unit", "ctrl+u,u"),
    Command("interviews.referrals", "屡督不改研判提示", "另页查看", "referrals", "f9", "研判"),
    Command(
        "interviews.open", "打开", "看所选约谈的依据，或打开所涉的事项", "select", "enter", "打开"
    ),
    Command("interviews.why", "为什么", "所选约谈的来历", "why", "ctrl+f1,y"),
    Command("interviews.back", "返回", "返回", "back", "escape"),
    *_noun("interview"),
)

REFERRALS = (
    Command("referrals.act", "办理", "列出现在能办的各步", "act", "f6,ctrl+o", "办理"),
    Command("referrals.open", "看单位", "打开所选单位的情况", "select", "enter", "看单位"),
    Command("referrals.back", "返回", "返回约谈", "back", "escape", "返回"),
    *_noun("referral"),
)

UNITS = (
    Command("units.act", "办理", "列出对所选单位能办的各步", "act", "f6,ctrl+o", "办理"),
    Command("units.filters", "筛选", "按类别、待核、超期、点名筛选", "filters", "f7,f", "筛选"),
    Command("units.issues", "看事项", "打开所选单位未办结的事项", "issues", "f8,i", "看事项"),
    Command(
        "units.search",
        "查找",
        "按名称、别名、代码、拼音首字母查找",
        "search",
        "f9,slash,ctrl+f",
        "查找",
    ),
    Command("units.open", "打开", "看所选单位，或打开一行背后的清单", "select", "enter", "打开"),
    Command("units.overdue", "看超期", "打开所选单位超期未交的事项", "overdue", "ctrl+e,o"),
    Command("units.back", "返回", "返回单位清单", "back", "escape"),
    *_noun("unit", {"unit.add": ("ctrl+a,n", ""), "unit.correct": ("ctrl+u,u", "")}),
)

IMPORTING = (
    Command(
        "importing.next", "下一步", "往下走一步；最后一步是导入", "next", "f6,ctrl+o", "下一步"
    ),
    Command("importing.file", "选文件", "在文件夹里选一个文件", "file", "f7", "选文件"),
    Command("importing.filter", "筛选", "只看拒绝的、只看提示，或全部", "filter", "f8", "筛选"),
    Command("importing.export", "导出核对", "把核对情况存为表格", "export", "f9,ctrl+e", "导出"),
    Command("importing.open", "打开", "选用这一行，或改这一列的栏目", "select", "enter"),
    Command("importing.back", "返回", "停下，或返回上一步", "back", "escape", "返回"),
)

DEADLINES = (
    Command("deadlines.before", "上一月", "看上一个月", "month(-1)", "f6,ctrl+left", "上一月"),
    Command("deadlines.after", "下一月", "看下一个月", "month(1)", "f7,ctrl+right", "下一月"),
    Command("deadlines.today", "回到今天", "回到今天", "today", "f8,ctrl+d", "今天"),
    Command("deadlines.kind", "只看一类", "依次只看一类期限，再回到全部", "kind", "f,ctrl+f"),
    Command("deadlines.issues", "看事项", "打开这一天到期的事项", "issues", "f9,i", "事项"),
    Command("deadlines.open", "打开", "看这一天的各项，或打开一项", "select", "enter", "打开"),
    Command("deadlines.back", "返回", "返回各天", "back", "escape"),
)

LOG = (
    Command("log.detail", "内容", "转到所选一条的内容", "detail", "f6,ctrl+right", "内容"),
    Command("log.filter", "筛选", "按操作、对象、人员、日期筛选", "narrow", "f7,f", "筛选"),
    Command("log.same", "只看此对象", "只看所选一条的对象的记录", "same", "f8,s", "同一对象"),
    Command(
        "log.search",
        "查找",
        "按操作、文号、说明、对象的文字查找",
        "search",
        "f9,slash,ctrl+f",
        "查找",
    ),
    Command("log.open", "打开", "打开这条记录的对象", "select", "enter", "打开"),
    Command("log.clear", "清空", "清空筛选和查找", "clear", "ctrl+u"),
    Command("log.back", "返回", "返回清单", "back", "escape"),
)

TASKS = (
    Command("tasks.act", "办理", "列出对所选任务能办的各步", "act", "f6,ctrl+o", "办理"),
    Command("tasks.filters", "筛选", "按行动和灯筛选", "filters", "f7,f", "筛选"),
    operation("task.measure", "f8,m", "填报数据"),
    operation("task.done", "f9,d", "完成"),
    Command("tasks.open", "打开", "看所选任务，或办所选的节点、指标", "select", "enter", "打开"),
    Command("tasks.sample", "导入样例", "导入自带的任务样例（征求意见稿）", "sample", "ctrl+d"),
    Command("tasks.back", "返回", "返回任务清单", "back", "escape"),
    *(
        command
        for command in _noun(
            "task",
            {
                "task.add": ("ctrl+a,n", ""),
                "task.progress": ("ctrl+e,p", ""),
                "task.correct": ("ctrl+u,u", ""),
                "task.milestone": ("ctrl+k", ""),
                "task.target": ("ctrl+b", ""),
            },
        )
        if command.id not in {"task.measure", "task.done"}
    ),
)

DUTIES = (
    Command("duties.act", "办理", "列出对所选一期能办的各步", "act", "f6,ctrl+o", "办理"),
    Command("duties.next", "下一项", "换到下一项定期报送", "turn(1)", "f7,ctrl+right", "下一项"),
    Command("duties.before", "上一项", "换到前一项定期报送", "turn(-1)", "ctrl+left"),
    operation("duty.submit", "f8,s", "收报"),
    operation("duty.waive", "f9,w", "免报"),
    Command("duties.open", "打开", "看所选一期的情况", "open", "enter", "打开"),
    Command("duties.back", "返回", "返回", "back", "escape"),
    operation("duty.add", "ctrl+a,n"),
    operation("duty.end", "ctrl+e"),
)

DISPATCH = (
    Command("dispatch.act", "办理", "列出现在能办的各步", "act", "f6,ctrl+o", "办理"),
    operation("dispatch.pick", "f7,p", "点题"),
    operation("dispatch.open", "f8,n", "登记"),
    operation("dispatch.decide", "f9,d", "议定"),
    Command("dispatch.issue", "打开", "看议程，或打开所选一行的事项", "select", "enter", "打开"),
    Command("dispatch.pane", "下一栏", "依次到调度、议程、议定事项", "pane(1)", "ctrl+right,v"),
    Command("dispatch.pane_back", "上一栏", "到前一栏", "pane(-1)", "ctrl+left"),
    Command("dispatch.all", "全部列入", "把拟列的事项全部列入议程", "all", "ctrl+b,b"),
    operation("dispatch.answer", "ctrl+a,a"),
    operation("dispatch.drop", "ctrl+x,x"),
    operation("dispatch.close", "ctrl+e,e"),
    operation("dispatch.void"),
    Command("dispatch.back", "返回", "返回调度清单", "back", "escape"),
)

INSTRUCTIONS = (
    Command("instructions.act", "办理", "列出现在能办的各步", "act", "f6,ctrl+o", "办理"),
    operation("instruction.answer", "f7,a", "报结"),
    operation("instruction.add", "f8,n", "登记"),
    operation("instruction.close", "f9,e", "办结"),
    Command("instructions.issue", "打开", "打开所涉的事项", "select", "enter", "打开"),
    Command("instructions.view", "下一栏", "未办结、逾期、全部", "view(1)", "ctrl+right,v"),
    Command("instructions.view_back", "上一栏", "换到前一栏", "view(-1)", "ctrl+left"),
    Command("instructions.back", "返回", "返回清单", "back", "escape"),
)

REVISITS = (
    Command("revisits.act", "办理", "列出现在能办的各步", "act", "f6,ctrl+o", "办理"),
    operation("issue.revisit", "f7,a", "记结果"),
    operation("revisit.plan", "f8,n", "安排"),
    operation("issue.reopen", "f9,e", "重办"),
    Command("revisits.issue", "打开", "打开所选事项", "select", "enter", "打开"),
    Command("revisits.view", "下一栏", "未查、反弹、稳定、全部", "view(1)", "ctrl+right,v"),
    Command("revisits.view_back", "上一栏", "换到前一栏", "view(-1)", "ctrl+left"),
    Command("revisits.back", "返回", "返回清单", "back", "escape"),
)

SHEETS = (
    Command(
        "sheets.collect", "收表", "收回填好的表：选一个文件或整个文件夹", "collect", "f6", "收表"
    ),
    Command(
        "sheets.send", "发表", "给各单位发所选月份的问题表，写到一个文件夹", "send", "f7", "发表"
    ),
    operation("sheet.accept", "f8,a", "采纳"),
    operation("sheet.dismiss", "f9,d", "已阅"),
    Command("sheets.open", "打开", "看单位、差异，或打开所选差异的事项", "select", "enter", "打开"),
    Command("sheets.pane", "下一栏", "依次到月份、单位、差异", "pane(1)", "ctrl+right,v"),
    Command("sheets.pane_back", "上一栏", "到前一栏", "pane(-1)", "ctrl+left"),
    Command("sheets.back", "返回", "停下，或返回月份", "back", "escape"),
)

FORESIGHT = (
    Command("foresight.urge", "催办", "催办所选的事项", "urge", "f6,ctrl+o,u", "催办"),
    Command("foresight.urge_all", "全部催办", "催办现在列出的全部事项", "urge_all", "f7", "全催"),
    Command(
        "foresight.letter", "到期提醒函", "出所选单位或全部的到期提醒函", "letter", "f8", "提醒函"
    ),
    Command("foresight.cutoff", "换截止日", "看另一个截止日", "cutoff", "f9,ctrl+d", "截止日"),
    Command("foresight.open", "打开", "打开所选的事项", "select", "enter", "打开"),
    Command("foresight.why", "为什么", "所选事项的限期怎么来的", "why", "ctrl+f1,y"),
    Command("foresight.back", "返回", "回到单位", "back", "escape"),
)

SCOPES = {
    "app": APP,
    "page": EVERY,
    "overview": OVERVIEW,
    "issues": ISSUES,
    "notices": NOTICES,
    "interviews": INTERVIEWS,
    "referrals": REFERRALS,
    "units": UNITS,
    "importing": IMPORTING,
    "deadlines": DEADLINES,
    "log": LOG,
    "sheets": SHEETS,
    "foresight": FORESIGHT,
    "dispatch": DISPATCH,
    "instructions": INSTRUCTIONS,
    "revisits": REVISITS,
    "tasks": TASKS,
    "duties": DUTIES,
}


def bindings(commands: Iterable[Command]) -> list[BindingType]:
    """Give the key bindings of the commands that have a key."""
    return [command.binding for command in commands if command.keys]


def key_name(key: str) -> str:
    """Give a key as printed on a keyboard."""
    if key in _KEY_NAMES:
        return _KEY_NAMES[key]
    return "+".join(_KEY_NAMES.get(part, part.capitalize()) for part in key.split("+"))
