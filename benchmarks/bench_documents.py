"""Long papers: a notice of 500 rows as .docx and as .pdf, from the document tree to the bytes."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date

from benchmarks import Limit
from supervise.reports import docx, pdf
from supervise.reports.document import (
    Attachment,
    Column,
    Document,
    Heading,
    Paragraph,
    Table,
)
from supervise.reports.words import chinese_date

ROWS = 500
_HEADINGS = ("序号", "单位", "编号", "事项", "交办日期", "限期", "超期天数", "办理情况")


def run() -> list[Limit]:
    """Write the notice in both formats, each once unmeasured so that imports do not count."""
    notice = _notice()
    return [
        Limit(f"notice of {ROWS} rows as .docx", _seconds(docx.render, notice), 3.0, "s"),
        Limit(f"notice of {ROWS} rows as .pdf", _seconds(pdf.render, notice), 2.0, "s"),
    ]


def _seconds(render: Callable[[Document], bytes], notice: Document) -> float:
    render(Document("题"))
    start = time.perf_counter()
    render(notice)
    return time.perf_counter() - start


def _notice() -> Document:
    day = chinese_date(date(2024, 11, 5))
    rows = tuple(
        (
            n,
            f"市第{n % 60}局",
            f"JM-2024-{n:04d}",
            "某产业园道路迟迟未通，企业货车绕行，反映多次未见整改",
            day,
            day,
            n % 90,
            "限期已过，截止日前未报请复核",
        )
        for n in range(1, ROWS + 1)
    )
    table = Table(tuple(Column(name) for name in _HEADINGS), rows, note=f"统计截至{day}。")
    return Document(
        "关于2024年11月优化营商环境工作调度情况的通报",
        (Heading(1, "总体情况"), Paragraph("截至统计日，台账共有问题若干件。" * 40)),
        head="示例市优化营商环境工作领导小组办公室",
        number="示营商办〔2024〕7号",
        addressees="各县（市、区）人民政府，市直各单位",
        attachments=(Attachment("未按要求完成工作任务的单位情况表", (table,), landscape=True),),
        signature="示例市优化营商环境工作领导小组办公室",
        date=day,
    )
