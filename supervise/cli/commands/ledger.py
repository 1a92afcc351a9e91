"""Commands about the ledger itself: making, filling, keeping it; calendar and rule packs."""

from __future__ import annotations

from supervise.cli.commands.shape import DRY, FILE, FORCE, reading
from supervise.services.registry import Field

TABLE = (
    reading(
        "calendar.show",
        "查看",
        "显示一年的班休安排",
        Field("year", "年份", "int", subject=True, help="年份，默认今年"),
        run="rules:calendar",
    ),
    reading(
        "calendar.import",
        "导入",
        "从文件导入一年的放假安排",
        FILE,
        run="rules:calendar_import",
    ),
    reading("pack.list", "列表", "列出可用的规则包", run="rules:packs"),
    reading(
        "pack.show",
        "详情",
        "显示一个规则包的规则和出处",
        Field("name", "规则包", subject=True, help="名称或 .toml 文件，默认台账所用的"),
        run="rules:pack",
    ),
    reading("pack.check", "检查", "检查一个规则包文件是否写得对", FILE, run="rules:pack_check"),
    reading(
        "init",
        "新建台账",
        "新建一个台账",
        Field("pack", "规则包", help="规则包名称或 .toml 文件，默认 jingmen"),
        Field("office", "本办序号", "int", help="多地分用、日后合并时的本办序号，默认 0"),
        run="ledger:init",
    ),
    reading(
        "demo",
        "演示",
        "建一个虚构的十二个月台账；不写路径则在临时位置建立并打开总览",
        Field("path", "路径", "path", subject=True, help="演示台账写到哪里"),
        run="demo:demo",
    ),
    reading(
        "import",
        "导入",
        "从 Excel、CSV 等表格导入事项，全部成功或全部不变",
        FILE,
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
        DRY,
        run="files:import_",
    ),
    reading(
        "batch",
        "批量办理",
        "按文件逐行办理多项操作，全部成功或全部不变",
        FILE,
        DRY,
        Field("again", "再次", "flag", help="同一内容的文件再办一次"),
        run="files:batch",
    ),
    reading(
        "archive",
        "归档",
        "把一个月的文书、数据和记录装成归档包；archive check 文件 则预检一个归档包",
        Field("period", "月份", required=True, subject=True, help="月份，如 2024-11；或 check"),
        Field("file", "归档包", "path", subject=True, help="只用于 check：要预检的文件夹或 .zip"),
        Field("to", "目标", "target", help="写到这个文件夹，或 .zip 文件"),
        FORCE,
        run="archiving:archive",
    ),
    reading("backup", "备份", "把台账备份到一个文件或文件夹", FILE, run="ledger:backup"),
    reading("restore", "恢复", "用备份恢复台账", FILE, run="ledger:restore"),
)
