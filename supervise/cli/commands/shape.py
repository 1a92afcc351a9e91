"""The fields that many commands share, and how a command that is no operation is written."""

from __future__ import annotations

from supervise.services.registry import Field, Operation

CODE = Field("issue", "编号", required=True, subject=True, help="事项编号")
PERIOD = Field("period", "月份", "month", required=True, subject=True, help="月份，如 2024-11")
SERIES = Field("series", "系列", help="通报系列，默认规则包规定的系列")
FILE = Field("file", "文件", "path", required=True, subject=True, help="文件的路径")
TO = Field(
    "to",
    "目标文件",
    "target",
    required=True,
    help="写到这个文件，格式看结尾（.docx .pdf .txt .md .html .svg .csv .xlsx .json）；“-”则显示",
)
FORCE = Field("force", "覆盖", "flag", help="文件已存在时覆盖")
DRY = Field("dry_run", "试运行", "flag", help="只检查，不写入")


def reading(name: str, title: str, about: str, *fields: Field, run: str) -> Operation:
    """Write a command: its name, its words, and the function in `supervise.cli` by a lazy path."""
    return Operation(name, title, about, fields, f"supervise.cli.{run}", batch=False)
