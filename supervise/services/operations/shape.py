"""What an operation is made of, and the fields that many of them share."""

from __future__ import annotations

from dataclasses import dataclass

# The Chinese words for choices whose names are English, taken just as well.
SPOKEN = {
    "named": "点名",
    "praised": "表扬",
    "noted": "提示",
    "named_again": "约谈后再被通报",
    "promise_missed": "承诺逾期",
    "same_matter": "同一事项多次被通报",
    "returned_overdue": "多次退回且超期",
    "week": "每周",
    "fortnight": "每两周",
    "month": "每月",
    "two_months": "每两月",
    "quarter": "每季度",
    "half_year": "每半年",
    "year": "每年",
    "target": "目标",
    "deadline": "时限",
    "limit": "上限",
    "param": "政策参数",
    "cadence": "频次",
    "trend": "趋势",
    "none": "定性",
    "range": "区间",
    "red": "红",
    "yellow": "黄",
    "green": "绿",
    "grey": "灰",
    "submitted": "已报",
    "overdue": "逾期",
    "waived": "免报",
    "pending": "未到期",
}

# Other words and signs people write for a choice.
ALSO = {
    "双周": "fortnight",
    "双月": "two_months",
    "每季": "quarter",
    "≥": ">=",
    "≤": "<=",
    "＞": ">",
    "＜": "<",
    "＝": "=",
}


@dataclass(frozen=True, slots=True)
class Field:
    """One argument of an operation.

    `kind`: text, long (many lines), date, month, months, unit, units, issue, texts, words, bool,
    int.
    `subject` marks the one positional argument of the command.
    """

    name: str
    label: str
    kind: str = "text"
    required: bool = False
    subject: bool = False
    choices: tuple[str, ...] = ()
    help: str = ""


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation: `noun.verb`, its Chinese name, what it does, its fields, its function.

    `run` is "module:function"; the function takes a `Work` and the fields by name. `returns`
    names the kind of record it gives. `moves` is the row of the loop's table it stands for.
    `by_unit`: `by` is the responsible unit unless said. `batch`: may stand in a batch file.
    """

    name: str
    title: str
    help: str
    fields: tuple[Field, ...]
    run: str
    by_unit: bool = False
    batch: bool = True

    @property
    def noun(self) -> str:
        """The command group: issue, unit, notice, …."""
        return self.name.partition(".")[0]

    @property
    def verb(self) -> str:
        """The command inside its group."""
        return self.name.partition(".")[2]

    @property
    def subject(self) -> Field:
        """The positional field."""
        return next(field for field in self.fields if field.subject)

    @property
    def entered(self) -> tuple[Field, ...]:
        """All that can be said of the step: its own fields, then those common to every step."""
        own = {field.name for field in self.fields}
        common = (BY_UNIT if self.by_unit and one.name == "by" else one for one in COMMON)
        return (*self.fields, *(one for one in common if one.name not in own))


COMMON = (
    Field("on", "日期", "date", help="事情发生的日期，默认今天；过去的日期为补录"),
    Field("by", "办理人", help="由谁决定或办理，默认登录名"),
    Field("ref", "文号", help="文号或收文号"),
    Field("note", "备注", "long", help="备注"),
)

# Who it was where nobody else is said to have done it.
BY_UNIT = Field("by", "办理人", help="由谁办理，默认责任单位")
# Who it was, where the step has a word of its own for them.
REVIEWER = Field("by", "复核人", help="由谁复核，默认登录名")
APPROVER = Field("by", "批准人", help="由谁批准，默认登录名")
SIGNER = Field("by", "签发人", help="由谁签发，默认登录名")
EXAMINER = Field("by", "审查人", help="由谁审查，默认登录名")

ISSUE = Field("issue", "编号", "issue", required=True, subject=True, help="事项编号")
PERIOD = Field("period", "月份", "month", required=True, subject=True, help="月份，如 2024-11")
UNIT = Field("unit", "单位", "unit", required=True, help="单位名称、别名或代码")
ITS_UNIT = Field("unit", "单位", "unit", required=True, subject=True, help="单位名称、别名或代码")
MEETING = Field(
    "unit", "单位", "unit", required=True, subject=True, help="约谈编号，或单位名称、别名、代码"
)
UNIT_ID = Field("unit_id", "单位编号", help="单位代码；与名称并列时以代码为准")
REASON = Field("reason", "理由", "long", required=True, help="理由")
DUE = Field("due_on", "限期", "date", help="办理限期，不填则按规则推算")
URGENCY = ("紧急", "平急", "疑难")
CLOCKS = (
    Field("clocks", "时限套", help="限期之外另计的一套时限：合同备案、信访、项目"),
    Field("clocks_from", "时限起算日", "date", help="签约或收到之日，默认发现日期"),
)
KINDS = (
    "市直部门",
    "县市区",
    "开发区",
    "垂管单位",
    "司法机关",
    "公用企业",
    "专项工作组",
    "其他",
)


def op(
    name: str,
    title: str,
    does: str,
    *fields: Field,
    run: str,
    by_unit: bool = False,
    batch: bool = True,
) -> Operation:
    """Make the row of an operation; `run` is given below `supervise.services`."""
    return Operation(name, title, does, fields, f"supervise.services.{run}", by_unit, batch)
