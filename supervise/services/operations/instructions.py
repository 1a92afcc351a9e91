"""Leaders' instructions: the operations."""

from __future__ import annotations

from supervise.services.operations.dispatch import ABOUT, TASK_TOO
from supervise.services.operations.shape import UNIT_ID, Field, op

_INSTRUCTION_NO = Field("instruction", "编号", required=True, subject=True, help="批示件编号")
TABLE = (
    op(
        "instruction.add",
        "登记批示",
        "登记一件领导批示；日期写批示日期，文号写收文号",
        Field("leader", "批示领导", required=True, subject=True, help="谁的批示"),
        Field("gist", "批示要点", "long", required=True, help="批示的内容"),
        Field("report_by", "报结日", "date", help="何时前报结"),
        ABOUT,
        TASK_TOO,
        Field("unit", "承办单位", "unit", help="默认所涉事项的责任单位"),
        UNIT_ID,
        run="instructions:add",
    ),
    op(
        "instruction.answer",
        "报结",
        "向批示领导报告办理结果，或先报阶段情况",
        _INSTRUCTION_NO,
        Field("text", "报结内容", "long", required=True, help="报告的内容"),
        Field("interim", "只是阶段情况", "bool", help="只报阶段情况，不算报结，以后仍须报结"),
        run="instructions:answer",
    ),
    op(
        "instruction.close",
        "批示办结",
        "批示件办结，须已报结",
        _INSTRUCTION_NO,
        run="instructions:close",
    ),
)
