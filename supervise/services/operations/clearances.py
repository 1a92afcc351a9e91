"""Reviews before something becomes public: the operations."""

from __future__ import annotations

from supervise.services.operations.shape import EXAMINER, Field, op

TABLE = (
    op(
        "clearance.record",
        "保密审查",
        "记录公开前的保密审查：某月或某季度的公开版清单，或一件事项的曝光台案例",
        Field(
            "scope",
            "公开内容",
            required=True,
            subject=True,
            help="月份、季度（2024-Q4）或事项编号",
        ),
        Field("result", "能否公开", required=True, choices=("可以公开", "不予公开")),
        Field("approver", "批准人", required=True, help="批准公开的人，须不是审查人"),
        EXAMINER,
        run="clearances:record",
    ),
)
