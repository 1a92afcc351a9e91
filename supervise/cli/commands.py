"""Every command that is no operation of the registry, and the nouns they are grouped under.

Written as the registry writes operations: names, words, fields, and the function by a lazy path.
"""

from __future__ import annotations

from functools import cache

from supervise.services.registry import OPERATIONS, Field, Operation

_CODE = Field("issue", "编号", required=True, subject=True, help="事项编号")
_PERIOD = Field("period", "月份", "month", required=True, subject=True, help="月份，如 2024-11")
_SERIES = Field("series", "系列", help="通报系列，默认规则包规定的系列")
_FILE = Field("file", "文件", "path", required=True, subject=True, help="文件的路径")
_TO = Field(
    "to",
    "目标文件",
    "target",
    required=True,
    help="写到这个文件，格式看结尾（.txt .md .html .svg .csv .xlsx .json）；“-” 直接显示",
)
_FORCE = Field("force", "覆盖", "flag", help="文件已存在时覆盖")
_DRY = Field("dry_run", "试运行", "flag", help="只检查，不写入")


def _reading(name: str, title: str, about: str, *fields: Field, run: str) -> Operation:
    return Operation(name, title, about, fields, f"supervise.cli.{run}", batch=False)


_FILTERS = (
    Field("stage", "阶段", "stages", help="阶段，可写多次：发现 整改 复核 反馈 销号 …"),
    Field("unit", "单位", "unit", help="责任单位的名称、别名或代码"),
    Field("overdue", "超期", "flag", help="只列超期的"),
    Field("due_by", "限期不晚于", "date", help="仍在整改而限期不晚于此日的"),
    Field("as_of", "截至", "date", help="按此日终了时的情况列出"),
    Field("search", "文字", help="编号、事项、详情、工单编号、单位里含有的文字"),
    Field("handler", "经办人", help="只列此人经办的"),
    Field("sort", "排序", help="按哪一栏排，前加 - 为倒序，如 -due_on"),
)
_TO_LIST = Field(
    "to",
    "目标文件",
    "target",
    required=True,
    help="写到这个文件，格式看结尾（.xlsx .csv .json .md）",
)

_COMMANDS = (
    _reading(
        "issue.list",
        "列表",
        "列出事项，可按阶段、单位、期限、文字筛选",
        *_FILTERS,
        Field("limit", "件数", "int", help="最多列多少件；在终端上默认 50"),
        run="issues:list_",
    ),
    _reading(
        "issue.show",
        "详情",
        "显示一件事项的全部内容和办理过程",
        _CODE,
        run="issues:show",
    ),
    _reading(
        "issue.evidence",
        "佐证",
        "存入一个佐证文件",
        _CODE,
        Field("file", "文件", "path", required=True, help="文件的路径，按内容的 SHA-256 存放"),
        Field("note", "备注", "long", help="这个文件说明什么"),
        run="issues:evidence",
    ),
    _reading("unit.list", "列表", "列出责任单位", run="units:list_"),
    _reading(
        "unit.show",
        "详情",
        "显示一个单位",
        Field("unit", "单位", required=True, subject=True, help="单位名称、别名或代码"),
        Field("unit_id", "单位编号", help="单位代码；与名称并列时以代码为准"),
        run="units:show",
    ),
    _reading(
        "unit.import",
        "导入",
        "从表格导入单位名册",
        _FILE,
        Field("sheet", "工作表", help="工作表名称"),
        _DRY,
        run="units:import_",
    ),
    _reading("notice.list", "列表", "列出各月通报", run="notices:list_"),
    _reading(
        "notice.show",
        "详情",
        "显示某月通报的对象和依据",
        _PERIOD,
        _SERIES,
        Field("checks", "签发前检查", "flag", help="并列出签发前的各项检查"),
        run="notices:show",
    ),
    _reading(
        "notice.export",
        "导出",
        "导出某月通报",
        _PERIOD,
        _TO,
        _SERIES,
        Field("basis", "依据表", "flag", help="导出认定依据表，而不是通报正文"),
        _FORCE,
        run="notices:export",
    ),
    _reading("paper.list", "列表", "列出能出具的各种文书，每种写明对象", run="papers:list_"),
    _reading(
        "paper.export",
        "出具",
        "出具文书：写到一个文件，或每份一个文件写到文件夹",
        Field("kind", "文书", required=True, subject=True, help="名称或英文名，见 paper list"),
        Field("subjects", "对象", "texts", subject=True, help="月份、事项编号或约谈，看是哪种文书"),
        Field(
            "to",
            "目标文件",
            "target",
            required=True,
            help="文件（几份合在一起，每份另起一页）或文件夹（每份一个文件）；“-” 直接显示",
        ),
        Field("unit", "单位", "unit", help="只出这个单位的；事项类文书出它名下各件"),
        Field(
            "format",
            "格式",
            choices=("docx", "pdf", "txt", "md", "html"),
            help="写到文件夹时的格式，默认 docx",
        ),
        _FORCE,
        run="papers:export",
    ),
    _reading("explanation.list", "列表", "列出应交和已交的书面说明", run="ladder:explanations"),
    _reading("interview.list", "列表", "列出拟提请和已提请的约谈", run="ladder:interviews"),
    _reading(
        "interview.show",
        "详情",
        "显示一次约谈",
        Field("id", "约谈", required=True, subject=True, help="约谈编号或单位"),
        run="ladder:interview",
    ),
    _reading(
        "interview.export",
        "导出",
        "导出约谈的提请材料",
        Field("id", "约谈", required=True, subject=True, help="约谈编号或单位"),
        _TO,
        _FORCE,
        run="ladder:export",
    ),
    _reading("referral.list", "列表", "列出可移送纪检监察机关的情形", run="ladder:referrals"),
    _reading("clearance.list", "列表", "列出公开前的保密审查记录", run="ladder:clearances"),
    _reading(
        "calendar.show",
        "查看",
        "显示一年的班休安排",
        Field("year", "年份", "int", subject=True, help="年份，默认今年"),
        run="rules:calendar",
    ),
    _reading(
        "calendar.import",
        "导入",
        "从文件导入一年的放假安排",
        _FILE,
        run="rules:calendar_import",
    ),
    _reading("pack.list", "列表", "列出可用的规则包", run="rules:packs"),
    _reading(
        "pack.show",
        "详情",
        "显示一个规则包的规则和出处",
        Field("name", "规则包", subject=True, help="名称或 .toml 文件，默认台账所用的"),
        run="rules:pack",
    ),
    _reading("pack.check", "检查", "检查一个规则包文件是否写得对", _FILE, run="rules:pack_check"),
    _reading(
        "init",
        "新建台账",
        "新建一个台账",
        Field("pack", "规则包", help="规则包名称或 .toml 文件，默认 jingmen"),
        Field("office", "本办序号", "int", help="多地分用、日后合并时的本办序号，默认 0"),
        run="ledger:init",
    ),
    _reading(
        "demo",
        "演示",
        "建一个虚构的十二个月台账；不写路径则在临时位置建立并打开总览",
        Field("path", "路径", "path", subject=True, help="演示台账写到哪里"),
        run="demo:demo",
    ),
    _reading(
        "import",
        "导入",
        "从 Excel、CSV 等表格导入事项，全部成功或全部不变",
        _FILE,
        Field("sheet", "工作表", help="工作表名称"),
        Field("map", "对应", "words", help="栏目=表头，可写多次，如 due_on=办结时限"),
        Field("profile", "表头方案", help="已存的表头对应方案"),
        Field("add_units", "新增单位", "flag", help="表中没见过的单位一并登记（待核）"),
        Field("kind", "单位类别", help="新增单位的类别，默认市直部门"),
        Field("update", "更新", "flag", help="表中改动过的行更新到台账"),
        Field("compute_due", "推算限期", "flag", help="限期空白的按本办时限推算"),
        Field("header_row", "表头行", "int", help="表头在第几行；认不出表头时用"),
        Field(
            "encoding",
            "编码",
            choices=("utf-8", "gb18030", "utf-16"),
            help="文本文件的编码；认错时用",
        ),
        Field("date_order", "日期次序", choices=("ymd", "dmy", "mdy"), help="外来表格的日期次序"),
        Field("skip_bad", "跳过错行", "flag", help="有错的行跳过，其余照常导入"),
        _DRY,
        run="files:import_",
    ),
    _reading(
        "batch",
        "批量办理",
        "按文件逐行办理多项操作，全部成功或全部不变",
        _FILE,
        _DRY,
        Field("again", "再次", "flag", help="同一内容的文件再办一次"),
        run="files:batch",
    ),
    _reading(
        "due",
        "推算期限",
        "推算到期日，逐日说明理由",
        Field("start", "起算日", "date", required=True, subject=True, help="起算日，次日起算"),
        Field("term", "期限", required=True, subject=True, help="3d 天、15wd 工作日、2w 周、3m 月"),
        run="rules:due",
    ),
    _reading(
        "warn",
        "到期提醒",
        "情况不变的话，截止日将点名哪些单位、谁会达到约谈条件、由哪些事项决定",
        Field("on", "截止日", "date", help="按这一天为截止日，默认本月拟稿的截止日或月末"),
        run="foresight:warn",
    ),
    _reading(
        "why",
        "为什么",
        "一行结论的来历：规则和条款、逐日限期、办理记录、佐证",
        Field("subject", "对象", required=True, subject=True, help="事项编号、约谈编号或单位"),
        Field("period", "月份", "month", help="某单位在这个月的通报里为什么被点名"),
        run="foresight:why",
    ),
    _reading(
        "simulate",
        "内部测算",
        "换一套规则，过去几个月会点名谁、谁会达到约谈条件，与实际对照",
        Field("pack", "规则包", required=True, help="规则包名称或 .toml 文件"),
        Field("from_", "起始月份", "month", required=True, help="从这个月起，如 2024-01"),
        Field("to", "截止月份", "month", required=True, help="到这个月止，如 2024-11"),
        run="foresight:simulate",
    ),
    _reading(
        "stats",
        "统计",
        "台账总体情况和各项比率",
        Field("period", "月份", "month", help="按某月统计，如 2024-11"),
        run="ledger:stats",
    ),
    _reading(
        "verify",
        "核验",
        "核验台账的事件链和数据是否完好",
        Field("head", "校验码", help="纸面或备份文件名上的校验码，如 123:ab12…"),
        run="ledger:verify",
    ),
    _reading(
        "export.issues",
        "问题清单",
        "把问题清单导出为表格，可按阶段、单位、期限、文字筛选",
        *_FILTERS,
        Field("limit", "件数", "int", help="最多导出多少件，默认全部"),
        _TO_LIST,
        _FORCE,
        run="exports:issues",
    ),
    _reading(
        "export.units",
        "单位清单",
        "把责任单位清单导出为表格",
        _TO_LIST,
        _FORCE,
        run="exports:units",
    ),
    _reading(
        "export.interviews",
        "约谈清单",
        "把约谈清单导出为表格",
        _TO_LIST,
        _FORCE,
        run="exports:interviews",
    ),
    _reading(
        "archive",
        "归档",
        "把一个月的文书、数据和记录装成归档包；archive check 文件 则预检一个归档包",
        Field("period", "月份", required=True, subject=True, help="月份，如 2024-11；或 check"),
        Field("file", "归档包", "path", subject=True, help="只用于 check：要预检的文件夹或 .zip"),
        Field("to", "目标", "target", help="写到这个文件夹，或 .zip 文件"),
        _FORCE,
        run="archiving:archive",
    ),
    _reading("backup", "备份", "把台账备份到一个文件或文件夹", _FILE, run="ledger:backup"),
    _reading("restore", "恢复", "用备份恢复台账", _FILE, run="ledger:restore"),
)

COMMANDS: dict[str, Operation] = {command.name: command for command in _COMMANDS}

NOUNS = {
    "issue": "事项：登记、交办、整改、复核、反馈、销号",
    "unit": "责任单位",
    "notice": "每月通报",
    "explanation": "被通报单位的书面说明",
    "interview": "约谈",
    "referral": "移送纪检监察机关",
    "clearance": "公开前的保密审查",
    "paper": "文书，从交办单到约谈纪要",
    "calendar": "工作日历",
    "pack": "规则包",
    "export": "导出清单：问题、单位、约谈",
}

# The order in which `supervise -h` lists them.
TOP = (
    "init",
    "demo",
    "import",
    "batch",
    *NOUNS,
    "due",
    "warn",
    "why",
    "simulate",
    "stats",
    "verify",
    "archive",
    "backup",
    "restore",
)
_FIRST = ("list", "show")


@cache
def verbs(noun: str) -> dict[str, Operation]:
    """Give the commands of one noun: reading first, then the operations in the loop's order."""
    mine = {c.name.partition(".")[2]: c for c in _COMMANDS if c.name.startswith(f"{noun}.")}
    done = {op.verb: op for op in OPERATIONS.values() if op.noun == noun}
    first = {verb: mine[verb] for verb in _FIRST if verb in mine}
    return {**first, **done, **mine}
