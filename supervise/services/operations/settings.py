"""Calendar and rule packs: the operations."""

from __future__ import annotations

from supervise.services.operations.shape import Field, op

TABLE = (
    op(
        "calendar.set",
        "设定工作日",
        "设定某日为班或休（本地停工、调休）",
        Field("day", "日子", "date", required=True, subject=True, help="日期"),
        Field("kind", "班休", required=True, choices=("班", "休")),
        Field("name", "名称", help="节日名称或事由"),
        run="calendars:set_day",
        batch=False,
    ),
    op(
        "pack.use",
        "启用规则包",
        "启用规则包，从该日起适用",
        Field("name", "规则包", required=True, subject=True, help="规则包名称，或 .toml 文件"),
        run="packs:use",
        batch=False,
    ),
)
