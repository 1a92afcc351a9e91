"""The stages of the loop, and why a unit is named: words that need no record to be known."""

from __future__ import annotations

from enum import StrEnum


class Stage(StrEnum):
    """The five stages of the loop and its three other ends."""

    DISCOVER = "discover"
    RECTIFY = "rectify"
    REVIEW = "review"
    FEEDBACK = "feedback"
    CLOSED = "closed"
    REJECTED = "rejected"
    MERGED = "merged"
    TERMINATED = "terminated"

    @property
    def label(self) -> str:
        """The office's word for the stage."""
        return STAGE_LABELS[self]

    @property
    def ended(self) -> bool:
        """Whether nothing more is expected of anybody."""
        return self in ENDS


STAGE_LABELS: dict[Stage, str] = {
    Stage.DISCOVER: "发现",
    Stage.RECTIFY: "整改",
    Stage.REVIEW: "复核",
    Stage.FEEDBACK: "反馈",
    Stage.CLOSED: "销号",
    Stage.REJECTED: "不予受理",
    Stage.MERGED: "合并办理",
    Stage.TERMINATED: "终止办理",
}
LOOP = (Stage.DISCOVER, Stage.RECTIFY, Stage.REVIEW, Stage.FEEDBACK, Stage.CLOSED)
ENDS = frozenset({Stage.CLOSED, Stage.REJECTED, Stage.MERGED, Stage.TERMINATED})

# Why a unit stands in a notice, as a paper says it.
CRITERIA: dict[str, str] = {
    "overdue": "逾期未报",
    "late": "逾期报送",
    "returned": "多次复核退回",
    "unreported": "未按期报送进展",
    "task": "任务未完成",
    "manual": "人工列入",
}
