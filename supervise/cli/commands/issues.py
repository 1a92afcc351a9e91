"""Commands that read issues and units, and write lists of them."""

from __future__ import annotations

from supervise.cli.commands.shape import CODE, DRY, FILE, FORCE, reading
from supervise.services.registry import Field

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

TABLE = (
    reading(
        "issue.list",
        "列表",
        "列出事项，可按阶段、单位、期限、文字筛选",
        *_FILTERS,
        Field("limit", "件数", "int", help="最多列多少件；在终端上默认 50"),
        run="issues:list_",
    ),
    reading(
        "issue.show",
        "详情",
        "显示一件事项的全部内容和办理过程",
        CODE,
        run="issues:show",
    ),
    reading(
        "issue.evidence",
        "佐证",
        "存入一个佐证文件",
        CODE,
        Field("file", "文件", "path", required=True, help="文件的路径，按内容的 SHA-256 存放"),
        Field("note", "备注", "long", help="这个文件说明什么"),
        run="issues:evidence",
    ),
    reading("unit.list", "列表", "列出责任单位", run="units:list_"),
    reading(
        "unit.show",
        "详情",
        "显示一个单位",
        Field("unit", "单位", required=True, subject=True, help="单位名称、别名或代码"),
        Field("unit_id", "单位编号", help="单位代码；与名称并列时以代码为准"),
        run="units:show",
    ),
    reading(
        "unit.import",
        "导入",
        "从表格导入单位名册",
        FILE,
        Field("sheet", "工作表", help="工作表名称"),
        DRY,
        run="units:import_",
    ),
    reading(
        "export.issues",
        "问题清单",
        "把问题清单导出为表格，可按阶段、单位、期限、文字筛选",
        *_FILTERS,
        Field("limit", "件数", "int", help="最多导出多少件，默认全部"),
        _TO_LIST,
        FORCE,
        run="exports:issues",
    ),
    reading(
        "export.units",
        "单位清单",
        "把责任单位清单导出为表格",
        _TO_LIST,
        FORCE,
        run="exports:units",
    ),
    reading(
        "export.interviews",
        "约谈清单",
        "把约谈清单导出为表格",
        _TO_LIST,
        FORCE,
        run="exports:interviews",
    ),
)
