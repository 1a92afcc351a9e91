"""One example of every paper from the demo ledger: what is asked for, and its golden file."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Example:
    """What a person would type after `supervise paper export KIND`."""

    key: str
    subjects: tuple[str, ...] = ()
    unit: str | None = None


EXAMPLES = (
    Example("notice", ("2024-11",)),
    Example("basis", ("2024-11",)),
    Example("dossier", ("2024-11",), "市农业农村局"),
    Example("check", ("2024-12",), "设湖县"),
    Example("routing", ("2024-11",)),
    Example("brief", ("2024-12",)),
    Example("reminder", ("2024-11",)),
    Example("assignment", ("SC-2024-0411",)),
    Example("urging", ("SC-2024-0346",)),
    Example("supervision", ("SC-2024-0346",)),
    Example("visit", (), "设湖县"),
    Example("closing", ("SC-2024-0401",)),
    Example("extension", ("SC-2024-0401",)),
    Example("request", ("市农业农村局",)),
    Example("memo", ("市农业农村局",)),
    Example("summons", ("6",)),
    Example("minutes", ("4",)),
    Example("record", ("4",)),
    Example("three", (), "市农业农村局"),
    Example("register", (), "设湖县"),
    Example("public", ("2024-12",)),
    Example("exposure", ("SC-2024-0346",)),
    Example("clearance", ("SC-2024-0346",)),
    Example("quarter", ("2024-Q4",)),
    Example("warning", ("2024-12",)),
    Example("rates", ("2024-11",)),
    Example("balance", ("2024Q4",)),
    Example("burden", ("2024-11",)),
    Example("file", ("SC-2024-0401",)),
    Example("referral", ("市自然资源和规划局",)),
    Example("handover", ("市自然资源和规划局",)),
)
