"""Every command that is no operation of the registry, and the nouns they are grouped under.

Written as the registry writes operations: names, words, fields, and the function by a lazy path.
The tables are loaded when they are asked for: one command needs one of them.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module

from supervise.services.registry import OPERATIONS, Operation

# Which table holds a noun, or a command without a noun.
_TABLES = {
    "issues": ("issue", "unit", "export"),
    "papers": ("notice", "paper", "explanation", "interview", "referral", "clearance"),
    "month": ("sheet", "task", "duty", "dispatch", "instruction", "revisit"),
    "ledger": (
        "init", "demo", "import", "batch", "calendar", "pack", "archive", "backup", "restore",
    ),
    "figures": (
        "due", "warn", "why", "simulate", "rates", "balance", "burden", "stats", "verify",
    ),
}  # fmt: skip
NOUNS = {
    "issue": "事项：登记、交办、整改、复核、反馈、销号",
    "unit": "责任单位",
    "notice": "每月通报",
    "explanation": "被通报单位的书面说明",
    "interview": "约谈",
    "referral": "移送纪检监察机关",
    "clearance": "公开前的保密审查",
    "task": "方案任务：行动、节点、指标、亮灯",
    "duty": "定期报送：谁在哪一天应报",
    "dispatch": "调度：会议、议程、议定事项、回告",
    "instruction": "领导批示件",
    "revisit": "回头看：抽样或指定，稳定或反弹",
    "sheet": "问题表：发表、收表、对账",
    "paper": "文书，从交办单到约谈纪要",
    "calendar": "工作日历",
    "pack": "规则包",
    "export": "导出清单：问题、单位、约谈",
}

# The order in which `supervise -h` lists them.
TOP = (
    "init",
    "demo",
    "import",
    "batch",
    *NOUNS,
    "due",
    "warn",
    "why",
    "simulate",
    "rates",
    "balance",
    "burden",
    "stats",
    "verify",
    "archive",
    "backup",
    "restore",
)
_FIRST = ("list", "show")


@cache
def _table(name: str) -> dict[str, Operation]:
    table = import_module(f"{__name__}.{name}").TABLE
    return {command.name: command for command in table}


def command(name: str) -> Operation:
    """Give a command by its name."""
    noun = name.partition(".")[0]
    return next(_table(table)[name] for table, nouns in _TABLES.items() if noun in nouns)


def every() -> dict[str, Operation]:
    """Give all of them by name."""
    return {name: command for table in _TABLES for name, command in _table(table).items()}


@cache
def verbs(noun: str) -> dict[str, Operation]:
    """Give the commands of one noun: reading first, then the operations in the loop's order."""
    table = next(table for table, nouns in _TABLES.items() if noun in nouns)
    mine = {c.verb: c for c in _table(table).values() if c.noun == noun and "." in c.name}
    done = {op.verb: op for op in OPERATIONS.values() if op.noun == noun}
    first = {verb: mine[verb] for verb in _FIRST if verb in mine}
    return {**first, **done, **mine}
