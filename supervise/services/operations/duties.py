"""Periodic duties: the operations."""

from __future__ import annotations

from supervise.services.operations.shape import REASON, UNIT, UNIT_ID, Field, op

_DUTY = Field("duty", "报送事项", required=True, subject=True, help="定期报送事项的名称")
_ROUND = Field("period", "期次", required=True, help="如 2024-11、2024-Q4，或期内的一天")
TABLE = (
    op(
        "duty.add",
        "设定报送",
        "设定一项定期报送：谁、多久一次、哪一天",
        _DUTY,
        Field(
            "every",
            "周期",
            required=True,
            choices=("week", "fortnight", "month", "two_months", "quarter", "half_year", "year"),
            help="每周、每两周、每月、每两月、每季度、每半年、每年",
        ),
        Field("owed_by", "应报单位", required=True, help="单位类别或单位名称，多个用顿号分开"),
        Field("day", "日子", "int", help="每周的第几天（1 为周一，默认 5），或当月几日，默认月末"),
        Field("month", "第几个月", "int", help="期内（或期后）第几个月，默认期末月"),
        Field("after", "期后报送", "bool", help="在这一期结束之后报送"),
        Field("anchor", "起算日", "date", help="每两周的从这一天起每14天一次"),
        Field("rest", "遇休息日", choices=("顺延", "提前", "不变"), help="默认顺延"),
        Field("from_on", "自何日起", "date", help="从这一天起应报，默认办理日期"),
        Field("clause", "依据", help="依据的文件条款，默认本办设定"),
        run="duties:add",
    ),
    op("duty.end", "停止报送", "从这一天起不再报送", _DUTY, REASON, run="duties:end"),
    op(
        "duty.submit",
        "登记报送",
        "记录单位报来了某一期",
        _DUTY,
        UNIT,
        UNIT_ID,
        _ROUND,
        run="duties:submit",
        by_unit=True,
    ),
    op(
        "duty.waive",
        "免予报送",
        "某单位某一期不必报，写明理由",
        _DUTY,
        UNIT,
        UNIT_ID,
        _ROUND,
        REASON,
        run="duties:waive",
    ),
)
