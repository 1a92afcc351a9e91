"""Meetings, what they decide, and its answers: the operations."""

from __future__ import annotations

from supervise.services.operations.shape import REASON, UNIT_ID, Field, op

_MEETING_NO = Field(
    "meeting",
    "调度",
    required=True,
    subject=True,
    help="调度编号；一个层级只有一次进行中的，写层级也可",
)
_TIERS = ("专项组", "优化办", "分管市领导", "常务副市长", "专题会议", "主要领导")
TASK_TOO = Field("task", "任务", help="任务编号")
ABOUT = Field("issue", "事项", "issue", help="事项编号")
TABLE = (
    op(
        "dispatch.open",
        "登记调度",
        "登记一次调度会议，可以先定日期",
        Field("tier", "层级", required=True, subject=True, choices=_TIERS, help="由谁调度"),
        Field("theme", "主题", help="主题；专项组每周一个主题，必填"),
        Field("held_on", "会议日期", "date", help="会议日期，默认登记当日；可以在将来"),
        Field("unit", "专项组", "unit", help="哪个专项工作组；各组合开的不填"),
        UNIT_ID,
        Field("leader", "主持人", help="主持会议的领导"),
        run="dispatch:open_",
    ),
    op(
        "dispatch.pick",
        "点题",
        "把一件事项、一项任务或一个题目列入议程",
        _MEETING_NO,
        ABOUT,
        TASK_TOO,
        Field("topic", "题目", help="不挂事项和任务的题目"),
        Field("reason", "点题理由", "long"),
        run="dispatch:pick",
    ),
    op(
        "dispatch.drop",
        "撤题",
        "从议程撤下一个议题，或不采用拟列的事项",
        _MEETING_NO,
        Field("item", "议题序号", "int", help="议程上的序号"),
        Field("issue", "事项", "issue", help="事项编号；拟列而不采用的写编号"),
        Field("reason", "理由", "long"),
        run="dispatch:drop",
    ),
    op(
        "dispatch.decide",
        "议定",
        "记下一项议定事项；写明办理方式的，对事项同时办理，一并成立",
        _MEETING_NO,
        Field("text", "议定事项", "long", required=True, help="议定的内容"),
        ABOUT,
        TASK_TOO,
        Field("unit", "责任单位", "unit", help="默认事项的责任单位；交办、转办时为新的责任单位"),
        UNIT_ID,
        Field("due_on", "完成期限", "date", help="何时前完成；交办、延期、转办时为事项的限期"),
        Field(
            "action",
            "办理方式",
            choices=(
                "交办",
                "催办",
                "进展",
                "延期",
                "转办",
                "提级",
                "暂停计时",
                "恢复计时",
                "节点",
            ),
            help="对事项同时办理的一步，按事项当前阶段许可；任务可用进展、节点（按完成期限设节点）",
        ),
        Field("level", "提请层级", help="提级时提请哪一级，默认本次调度的上一级"),
        run="dispatch:decide",
    ),
    op(
        "dispatch.answer",
        "回告",
        "回告一项议定事项的落实情况",
        Field("decision", "议定事项", required=True, subject=True, help="编号，如 3-2"),
        Field("text", "落实情况", "long", required=True, help="落实的情况"),
        run="dispatch:answer",
    ),
    op(
        "dispatch.close",
        "结束调度",
        "会议结束；议定事项此后仍可回告",
        _MEETING_NO,
        Field("summary", "会议小结", "long"),
        run="dispatch:close",
    ),
    op(
        "dispatch.void",
        "撤销调度",
        "撤销没有开成或登记错的调度",
        _MEETING_NO,
        REASON,
        run="dispatch:void",
    ),
)
