"""Tasks, their steps and targets: the operations."""

from __future__ import annotations

from supervise.services.operations.shape import REASON, UNIT_ID, Field, op

_TASK = Field("task", "任务编号", required=True, subject=True, help="任务编号")
_LEAD = Field("unit", "牵头单位", "unit", help="牵头单位的名称、别名或代码")
_JOINT = Field("joint", "共同牵头", "units", help="共同牵头单位，多个用顿号或逗号分开")
_SUPPORT = Field("co_units", "配合单位", "units", help="配合单位，多个用顿号或逗号分开")
_FINISH = Field("due_on", "时限", "date", help="完成时限")
_STRENGTH = Field(
    "strength",
    "力度",
    choices=("确保", "实现", "做到", "应达", "力争"),
    help="文件的措辞：确保、力争等；没有写的为应达。力争的不亮红灯、不列入通报",
)
_INDICATOR = Field("indicator", "指标", required=True, help="指标名称，或在任务中的序号")
TABLE = (
    op(
        "task.add",
        "登记任务",
        "登记方案的一项任务",
        _TASK,
        Field("title", "任务名称", required=True, help="任务名称"),
        Field("action", "行动", help="所属行动"),
        _LEAD,
        UNIT_ID,
        _JOINT,
        _SUPPORT,
        _FINISH,
        Field("source", "出处", help="出自哪份文件"),
        run="tasks:add",
    ),
    op(
        "task.correct",
        "更正任务",
        "更正任务的名称、行动、牵头、共同牵头、配合单位、时限或出处",
        _TASK,
        Field("title", "任务名称"),
        Field("action", "行动"),
        _LEAD,
        UNIT_ID,
        _JOINT,
        _SUPPORT,
        _FINISH,
        Field("source", "出处"),
        run="tasks:correct",
    ),
    op(
        "task.milestone",
        "设定节点",
        "给任务设一个有时限的节点；同名的改期须写理由",
        _TASK,
        Field("milestone", "任务节点", required=True, help="节点名称"),
        Field("due_on", "时限", "date", required=True, help="完成时限"),
        _STRENGTH,
        Field("reason", "理由", "long", help="改期的理由"),
        run="tasks:milestone",
    ),
    op(
        "task.target",
        "设定指标",
        "给任务设一项指标和目标值；同名的改动须写理由",
        _TASK,
        _INDICATOR,
        Field(
            "kind",
            "指标类别",
            choices=("target", "deadline", "limit", "param", "cadence", "trend", "none"),
            help="目标、时限、上限、频次、趋势；政策参数和定性的不作考核",
        ),
        Field(
            "comparator",
            "比较",
            choices=(">=", ">", "=", "<=", "<", "range"),
            help="达到、以上为 >=，超过、突破为 >，range 为区间",
        ),
        Field("value", "目标值", help="目标值；空着则与每期的对照值比"),
        Field("high", "区间上限", help="区间的上限"),
        Field("measured_in", "计量单位", help="如 %、家、工作日"),
        Field("baseline", "基数", help="分母或基数，如上年同期、全省平均"),
        _STRENGTH,
        Field("due_on", "时限", "date", help="完成时限；空着为滚动考核，逐期看"),
        Field("remark", "口径说明", "long", help="怎么读、怎么算，有哪些疑问"),
        Field("reason", "理由", "long", help="改动的理由"),
        run="tasks:target",
    ),
    op(
        "task.progress",
        "任务进展",
        "记录任务进展",
        _TASK,
        Field("note", "进展情况", "long", required=True, help="进展情况"),
        run="task_figures:progress",
        by_unit=True,
    ),
    op(
        "task.measure",
        "填报数据",
        "填报一项指标某月的数据：写数值，或分子和分母",
        _TASK,
        _INDICATOR,
        Field("period", "月份", "month", required=True, help="数据截至的月份，如 2024-11"),
        Field("numerator", "分子"),
        Field("denominator", "分母", help="为零时比率记“—”"),
        Field("value", "数值", help="直接填数值，不与分子、分母同填"),
        Field("reference", "对照值", help="与外部平均数、上年同期相比的，填那个数"),
        Field("evidence", "佐证", help="佐证材料的说明"),
        run="task_figures:measure",
        by_unit=True,
    ),
    op(
        "task.done",
        "任务完成",
        "记录节点完成；不写节点即整项任务完成",
        _TASK,
        Field("milestone", "任务节点", help="节点名称或序号；空着为整项任务"),
        run="tasks:done",
    ),
    op(
        "task.reopen",
        "撤销完成",
        "撤销任务或节点的完成、终止",
        _TASK,
        Field("milestone", "任务节点", help="节点名称或序号；空着为整项任务"),
        REASON,
        run="tasks:reopen",
    ),
    op("task.end", "终止任务", "任务不再办理，写明理由", _TASK, REASON, run="tasks:end"),
)
