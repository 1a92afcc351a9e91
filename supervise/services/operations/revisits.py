"""Revisits: the operations."""

from __future__ import annotations

from supervise.services.operations.shape import Field, op

TABLE = (
    op(
        "revisit.plan",
        "安排回头看",
        "从已销号的事项中抽取或指定若干件回头看；同一台账、同一种子，抽出的相同",
        Field("period", "月份", "month", required=True, subject=True, help="抽到这个月销号的为止"),
        Field("since", "起始月份", "month", help="从这个月销号的抽起，默认同月份"),
        Field("size", "件数", "int", help="抽多少件，按单位分层"),
        Field("share", "比例", "int", help="抽百分之几，按单位分层；与件数只写一项"),
        Field("seed", "种子", "int", help="抽样的种子，默认月份的数字，如 202411"),
        Field("issues", "指定事项", "texts", help="不抽样，直接指定的编号；多个用顿号或逗号分开"),
        Field(
            "method",
            "方式",
            choices=("专项检查", "明察暗访", "随机抽查", "交叉检查"),
            help="默认抽样的为随机抽查，指定的为专项检查",
        ),
        Field("checkers", "检查单位", "units", help="派去看的单位；不派去看本单位的事项"),
        run="revisits:plan",
    ),
)
