"""Referrals to discipline inspection: the operations."""

from __future__ import annotations

from supervise.services.operations.shape import ITS_UNIT, REASON, UNIT_ID, Field, op

_CRITERION = Field(
    "criterion",
    "情形",
    required=True,
    choices=("named_again", "promise_missed", "same_matter", "returned_overdue"),
    help="named_again 约谈后再被通报，promise_missed 承诺逾期，"
    "same_matter 同一事项多次被通报，returned_overdue 多次退回且超期",
)
TABLE = (
    op(
        "referral.record",
        "记录移送",
        "记录已决定移送纪检监察机关",
        ITS_UNIT,
        UNIT_ID,
        _CRITERION,
        Field("approver", "批准人", required=True),
        Field("recipient", "接收机关", required=True),
        run="referrals:record",
    ),
    op(
        "referral.continue",
        "继续督办",
        "研判后继续督办",
        ITS_UNIT,
        UNIT_ID,
        _CRITERION,
        REASON,
        run="referrals:continue_",
    ),
    op(
        "referral.dismiss",
        "不予移送",
        "研判后不予移送",
        ITS_UNIT,
        UNIT_ID,
        _CRITERION,
        REASON,
        run="referrals:dismiss",
    ),
)
