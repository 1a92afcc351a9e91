"""Differences of the sheets that came back: the operations."""

from __future__ import annotations

from supervise.services.operations.shape import PERIOD, UNIT, UNIT_ID, Field, op

_DIFFERENCE = (
    PERIOD,
    UNIT,
    UNIT_ID,
    Field("issue", "编号", required=True, help="表中的事项编号，如 sheet status 所列"),
    Field("column", "栏目", required=True, help="差异所在的栏目，如 进展情况"),
)
TABLE = (
    op(
        "sheet.accept",
        "采纳差异",
        "采纳收表时没有采用的一处：只限进展、报请复核和申请延期",
        *_DIFFERENCE,
        run="sheets.settling:accept",
    ),
    op(
        "sheet.dismiss",
        "差异已阅",
        "收表的一处差异已看过，不采纳，台账不变",
        *_DIFFERENCE,
        run="sheets.settling:dismiss",
    ),
)
