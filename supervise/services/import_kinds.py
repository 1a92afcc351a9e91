"""The kinds of file that come in: issues, a roster of units, a batch of operations."""

from __future__ import annotations

from enum import Enum


class Kind(Enum):
    """What the rows of a file are."""

    ISSUES = "issues"
    UNITS = "units"
    BATCH = "batch"

    @property
    def label(self) -> str:
        """The word for it."""
        return _LABELS[self]

    @property
    def about(self) -> str:
        """What the rows are, in a sentence."""
        return _ABOUT[self]


_LABELS = {Kind.ISSUES: "事项", Kind.UNITS: "单位名单", Kind.BATCH: "批处理"}
_ABOUT = {
    Kind.ISSUES: "一行一件事项：各单位的问题台账、热线工单等",
    Kind.UNITS: "一行一个单位：名称、代码、类别、主要负责人、次序等",
    Kind.BATCH: "一行一步办理：有“操作”一列，如签收、报请复核",
}
