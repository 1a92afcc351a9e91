"""Every operation of the office, in one list: names, words and fields, but no code.

Commands, the batch reader and the dialogs of the dashboard are made from it, so none can do what
another can't. Functions are named by lazy paths: using one loads only its own service.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

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


COMMON = (
    Field("on", "日期", "date", help="事情发生的日期，默认今天；过去的日期为补录"),
    Field("by", "办理人", help="由谁决定或办理，默认登录名"),
    Field("ref", "文号", help="文号或收文号"),
    Field("note", "备注", "long", help="备注"),
)

_ISSUE = Field("issue", "编号", "issue", required=True, subject=True, help="事项编号")
_PERIOD = Field("period", "月份", "month", required=True, subject=True, help="月份，如 2024-11")
_UNIT = Field("unit", "单位", "unit", required=True, help="单位名称、别名或代码")
_ITS_UNIT = Field("unit", "单位", "unit", required=True, subject=True, help="单位名称、别名或代码")
_MEETING = Field(
    "unit", "单位", "unit", required=True, subject=True, help="约谈编号，或单位名称、别名、代码"
)
_UNIT_ID = Field("unit_id", "单位编号", help="单位代码；与名称并列时以代码为准")
_REASON = Field("reason", "理由", "long", required=True, help="理由")
_DUE = Field("due_on", "限期", "date", help="办理限期")
_URGENCY = ("紧急", "平急", "疑难")
_CLOCKS = (
    Field("clocks", "时限套", help="限期之外另计的一套时限：合同备案、信访、项目"),
    Field("clocks_from", "时限起算日", "date", help="签约或收到之日，默认发现日期"),
)
_KINDS = (
    "市直部门",
    "县市区",
    "开发区",
    "垂管单位",
    "司法机关",
    "公用企业",
    "专项工作组",
    "其他",
)


def _op(
    name: str,
    title: str,
    does: str,
    *fields: Field,
    run: str,
    by_unit: bool = False,
    batch: bool = True,
) -> Operation:
    return Operation(name, title, does, fields, f"supervise.services.{run}", by_unit, batch)


_UNITS = (
    _op(
        "unit.add",
        "新增单位",
        "登记一个责任单位",
        Field("unit", "单位", required=True, subject=True, help="单位名称"),
        _UNIT_ID,
        Field("kind", "单位类别", choices=_KINDS, help="单位类别，默认市直部门"),
        Field("head", "主要负责人"),
        Field("parent", "所属县市区", "unit", help="县市区的部门填所属县市区，点名时按县市区计"),
        Field("short", "简称"),
        Field("order", "机构序列", "int", help="在机构序列中的次序"),
        run="units:add",
    ),
    _op(
        "unit.rename",
        "单位更名",
        "单位更名：连续被通报的月份不因更名中断",
        _ITS_UNIT,
        _UNIT_ID,
        Field("name", "新名称", required=True, help="新名称"),
        run="units:rename",
    ),
    _op(
        "unit.correct",
        "更正单位",
        "更正单位的类别、负责人、所属、简称、次序或代码",
        _ITS_UNIT,
        _UNIT_ID,
        Field("kind", "单位类别", choices=_KINDS),
        Field("head", "主要负责人", help="换了负责人的，日期写到任日"),
        Field("parent", "所属县市区", "unit"),
        Field("short", "简称"),
        Field("order", "机构序列", "int"),
        Field("code", "新代码", help="登记或更正单位自己的代码"),
        run="units:correct",
    ),
    _op(
        "unit.alias",
        "单位别名",
        "登记同一单位的另一种写法",
        _ITS_UNIT,
        _UNIT_ID,
        Field("alias", "别名", required=True, help="另一种写法，或另一条记录的名称"),
        run="units:alias",
    ),
    _op(
        "unit.merge",
        "单位合并",
        "机构改革：未办结事项移交，被通报的月份不自动承继",
        _ITS_UNIT,
        _UNIT_ID,
        Field("into", "并入单位", "unit", required=True, help="承接的单位"),
        run="units:merge",
    ),
)

_ISSUES = (
    _op(
        "issue.add",
        "登记",
        "登记一件发现的问题",
        Field("issue", "编号", subject=True, help="编号，不填则自动编号"),
        Field("title", "事项", required=True, help="事项名称"),
        Field("found_on", "发现日期", "date", help="发现日期，默认登记当日"),
        Field("source", "来源", help="来源渠道"),
        Field("source_no", "工单编号", help="来源系统的工单编号"),
        Field("batch", "批次", help="期次或批次"),
        Field("category", "类别"),
        Field("urgency", "紧急程度", choices=_URGENCY),
        Field("party", "诉求人"),
        Field("contact", "联系方式"),
        Field("disclosure", "告知范围", choices=("可告知", "保密", "匿名")),
        Field("handler", "经办人"),
        Field("detail", "问题详情", "long"),
        Field("instruction", "批示", "long"),
        *_CLOCKS,
        run="issues:add",
    ),
    _op(
        "issue.accept",
        "受理",
        "审查后受理，定类别和紧急程度",
        _ISSUE,
        Field("conclusion", "审查结论", "long"),
        Field("category", "类别"),
        Field("urgency", "紧急程度", choices=_URGENCY),
        run="issues:accept",
    ),
    _op(
        "issue.assign",
        "交办",
        "交给责任单位整改；不写限期则按本办时限推算",
        _ISSUE,
        _UNIT,
        _UNIT_ID,
        Field("co_units", "配合单位", "units", help="配合单位，多个用顿号或逗号分开"),
        _DUE,
        *_CLOCKS,
        run="issues:assign",
    ),
    _op(
        "issue.node",
        "记时限节点",
        "记下一个时限节点在哪一天完成，如程序性回复、备案、开工；再记一次即更正",
        _ISSUE,
        Field(
            "node", "节点", required=True, help="程序性回复、实体性答复、入库、备案、开工、入统等"
        ),
        Field("done_on", "完成日期", "date", help="节点完成的日期，默认同办理日期"),
        run="clock_nodes:reach",
    ),
    _op("issue.sign", "签收", "责任单位签收", _ISSUE, run="issues:sign", by_unit=True),
    _op(
        "issue.progress",
        "进展",
        "责任单位报送进展",
        _ISSUE,
        Field("note", "进展情况", "long", required=True, help="进展情况"),
        run="issues:progress",
        by_unit=True,
    ),
    _op("issue.urge", "催办", "催办", _ISSUE, run="issues:urge"),
    _op(
        "issue.submit",
        "报请复核",
        "责任单位整改完成，报请复核",
        _ISSUE,
        Field("measures", "整改措施", "long", help="整改措施及完成情况"),
        Field("evidence", "佐证", "texts", help="佐证材料的说明，或已存文件的 SHA-256"),
        run="issues:submit",
        by_unit=True,
    ),
    _op(
        "issue.pass",
        "复核通过",
        "复核认可整改结果",
        _ISSUE,
        Field("method", "复核方式", help="书面、现场或抽查"),
        Field("reviewers", "复核人员"),
        run="issues:pass_",
    ),
    _op(
        "issue.return",
        "复核退回",
        "退回责任单位重新整改",
        _ISSUE,
        _REASON,
        _DUE,
        run="issues:return_",
    ),
    _op("issue.reply", "答复", "答复诉求人（内容写在备注里）", _ISSUE, run="issues:reply"),
    _op(
        "issue.feedback",
        "回访",
        "回访诉求人，记满意情况",
        _ISSUE,
        Field(
            "satisfaction",
            "满意情况",
            required=True,
            choices=("满意", "基本满意", "不满意", "无诉求人", "联系不上"),
        ),
        Field("upheld", "诉求合理", "bool", help="不满意时：诉求合理（退回整改）或不合理"),
        _DUE,
        Field("reason", "理由", "long", help="不满意而诉求不合理时的理由"),
        run="issues:feedback",
    ),
    _op("issue.close", "销号", "各环节齐备后销号", _ISSUE, run="issues:close"),
    _op(
        "issue.revisit",
        "回头看",
        "对已销号的事项回头看",
        _ISSUE,
        Field("result", "结果", required=True, choices=("稳定", "反弹")),
        run="issues:revisit",
    ),
    _op(
        "issue.reopen",
        "反弹重办",
        "已销号的事项反弹，重新整改",
        _ISSUE,
        _REASON,
        _DUE,
        run="issues:reopen",
    ),
    _op(
        "issue.ask",
        "申请延期",
        "登记责任单位的延期申请，批准与否另行办理",
        _ISSUE,
        Field("due_on", "申请限期", "date", required=True),
        _REASON,
        run="issues:ask",
        by_unit=True,
    ),
    _op(
        "issue.extend",
        "延期",
        "批准延期；申请须在到期当日或之前提出",
        _ISSUE,
        Field("due_on", "新限期", "date", required=True),
        _REASON,
        Field("asked_on", "申请日期", "date", help="提出申请的日期，默认同办理日期"),
        run="issues:extend",
    ),
    _op(
        "issue.pause",
        "暂停计时",
        "暂停计算办理期限",
        _ISSUE,
        _REASON,
        Field("review_on", "复核暂停日期", "date", help="何时复核暂停的理由是否还在"),
        run="issues:pause",
    ),
    _op(
        "issue.resume",
        "恢复计时",
        "恢复计算办理期限，暂停的工作日补回",
        _ISSUE,
        run="issues:resume",
    ),
    _op(
        "issue.transfer",
        "转办",
        "改由另一单位整改，期限重新起算",
        _ISSUE,
        _UNIT,
        _UNIT_ID,
        _REASON,
        _DUE,
        run="issues:transfer",
    ),
    _op(
        "issue.reclassify",
        "调整定级",
        "调整紧急程度，期限从原起点重算",
        _ISSUE,
        Field("urgency", "紧急程度", required=True, choices=_URGENCY),
        _REASON,
        run="issues:reclassify",
    ),
    _op(
        "issue.escalate",
        "提级",
        "提请上一级协调",
        _ISSUE,
        Field("level", "层级", required=True, help="分管市领导、常务副市长、专题会议等"),
        run="issues:escalate",
    ),
    _op("issue.reject", "不予受理", "审查后不予受理", _ISSUE, _REASON, run="issues:reject"),
    _op(
        "issue.merge",
        "合并办理",
        "并入另一事项办理",
        _ISSUE,
        Field("into", "并入事项", "issue", required=True),
        run="issues:merge",
    ),
    _op("issue.terminate", "终止办理", "终止办理", _ISSUE, _REASON, run="issues:terminate"),
    _op(
        "issue.restore", "恢复", "恢复已结束的事项，回到发现", _ISSUE, _REASON, run="issues:restore"
    ),
    _op(
        "issue.correct",
        "更正",
        "更正登记错的内容，旧值留在记录里",
        _ISSUE,
        Field("field", "栏目", required=True, help="要更正的栏目，如 due_on 或 限期"),
        Field("value", "新值", required=True),
        _REASON,
        run="corrections:correct",
    ),
    _op(
        "issue.redact",
        "隐去诉求人",
        "抹去诉求人信息，两人共同决定",
        _ISSUE,
        _REASON,
        Field("approver", "批准人", required=True, help="与办理人不同的第二人"),
        run="corrections:redact",
        batch=False,
    ),
)

_MONTH_STEPS = ("催报", "收表", "关账", "核稿", "会签", "用印", "印发", "送达", "催收说明")
_CHECKS = ("无异议", "有异议", "未回复")
_SERIES = Field("series", "系列", help="通报系列，默认规则包规定的系列")
_NOTICES = (
    _op(
        "notice.draft",
        "拟稿",
        "起草某月通报",
        _PERIOD,
        _SERIES,
        Field("cutoff", "截止日期", "date", help="口径截止日，默认当月最后一天"),
        run="notices:draft",
    ),
    _op(
        "notice.name",
        "列入通报",
        "由人列入一个单位",
        _PERIOD,
        _UNIT,
        _UNIT_ID,
        _REASON,
        Field("polarity", "类型", choices=("named", "praised", "noted"), help="点名、表扬或提示"),
        _SERIES,
        run="notices:name",
    ),
    _op(
        "notice.exempt",
        "免予点名",
        "本月不点名，写明理由；批准人须不是拟稿人",
        _PERIOD,
        _UNIT,
        _UNIT_ID,
        _REASON,
        Field("explain", "仍须说明", "bool", help="免予点名但仍须书面说明"),
        _SERIES,
        run="notices:exempt",
    ),
    _op(
        "notice.restore",
        "恢复点名",
        "撤销免予点名或手工列入",
        _PERIOD,
        _UNIT,
        _UNIT_ID,
        _SERIES,
        run="notices:restore",
    ),
    _op(
        "notice.check",
        "核对",
        "记录单位对《拟通报事项核对单》的答复",
        _PERIOD,
        _UNIT,
        _UNIT_ID,
        Field("result", "核对结果", required=True, choices=_CHECKS),
        _SERIES,
        run="notices:check",
    ),
    _op(
        "notice.issue",
        "签发",
        "签发通报，从此不可改",
        _PERIOD,
        Field("number", "通报文号", help="文号"),
        Field("delivered_on", "送达日期", "date"),
        _SERIES,
        run="notice_issue:issue",
    ),
    _op(
        "notice.correct",
        "更正通报",
        "对已签发通报的一个单位撤销、更正或增列",
        _PERIOD,
        _UNIT,
        _UNIT_ID,
        Field("action", "更正方式", required=True, choices=("撤销", "更正", "增列")),
        _REASON,
        _SERIES,
        run="notice_corrections:correct",
    ),
    _op(
        "notice.withdraw",
        "撤回通报",
        "撤回已签发的通报",
        _PERIOD,
        _REASON,
        _SERIES,
        run="notice_corrections:withdraw",
    ),
    _op(
        "notice.record",
        "记录办文环节",
        "记下某月办文的一个环节在哪一天办的；再记一次即更正",
        _PERIOD,
        Field("step", "环节", required=True, choices=_MONTH_STEPS, help="办文环节"),
        _SERIES,
        run="months:record",
    ),
)

_LADDER = (
    _op(
        "explanation.receive",
        "收书面说明",
        "收到被通报单位的书面说明",
        _PERIOD,
        _UNIT,
        _UNIT_ID,
        run="explanations:receive",
    ),
    _op(
        "explanation.accept",
        "收阅书面说明",
        "书面说明已收阅，不需补充",
        _PERIOD,
        _UNIT,
        _UNIT_ID,
        run="explanations:accept",
    ),
    _op(
        "explanation.return",
        "退回书面说明",
        "书面说明退回补充",
        _PERIOD,
        _UNIT,
        _UNIT_ID,
        _REASON,
        run="explanations:send_back",
    ),
    _op(
        "interview.submit",
        "提请约谈",
        "向市领导提请约谈单位主要负责人",
        _MEETING,
        _UNIT_ID,
        Field("periods", "依据月份", "months", help="依据的月份，默认该单位全部拟提请的月份"),
        run="interviews:submit",
    ),
    _op(
        "interview.approve",
        "同意约谈",
        "市领导同意约谈",
        _MEETING,
        _UNIT_ID,
        Field("leader", "约谈领导"),
        run="interviews:approve",
    ),
    _op(
        "interview.decline",
        "不予约谈",
        "市领导决定不约谈",
        _MEETING,
        _UNIT_ID,
        _REASON,
        run="interviews:decline",
    ),
    _op(
        "interview.defer",
        "暂缓约谈",
        "市领导决定暂缓",
        _MEETING,
        _UNIT_ID,
        _REASON,
        run="interviews:defer",
    ),
    _op(
        "interview.schedule",
        "安排约谈",
        "定下约谈日期",
        _MEETING,
        _UNIT_ID,
        Field("planned_on", "计划日期", "date"),
        run="interviews:schedule",
    ),
    _op(
        "interview.hold",
        "约谈",
        "约谈已进行，记下承诺的整改日期",
        _MEETING,
        _UNIT_ID,
        Field("due_on", "承诺日期", "date"),
        run="interviews:hold",
    ),
    _op("interview.close", "约谈办结", "约谈整改办结", _MEETING, _UNIT_ID, run="interviews:close"),
    _op(
        "interview.void",
        "撤回提请",
        "撤回提请",
        _MEETING,
        _UNIT_ID,
        _REASON,
        run="interviews:void",
    ),
)

_CRITERION = Field(
    "criterion",
    "情形",
    required=True,
    choices=("named_again", "promise_missed", "same_matter", "returned_overdue"),
    help="named_again 约谈后再被通报，promise_missed 承诺逾期，"
    "same_matter 同一事项多次被通报，returned_overdue 多次退回且超期",
)
_REFERRALS = (
    _op(
        "referral.record",
        "记录移送",
        "记录已决定移送纪检监察机关",
        _ITS_UNIT,
        _UNIT_ID,
        _CRITERION,
        Field("approver", "批准人", required=True),
        Field("recipient", "接收机关", required=True),
        run="referrals:record",
    ),
    _op(
        "referral.continue",
        "继续督办",
        "研判后继续督办",
        _ITS_UNIT,
        _UNIT_ID,
        _CRITERION,
        _REASON,
        run="referrals:continue_",
    ),
    _op(
        "referral.dismiss",
        "不予移送",
        "研判后不予移送",
        _ITS_UNIT,
        _UNIT_ID,
        _CRITERION,
        _REASON,
        run="referrals:dismiss",
    ),
)

_CLEARANCES = (
    _op(
        "clearance.record",
        "保密审查",
        "记录公开前的保密审查：某月或某季度的公开版清单，或一件事项的曝光台案例",
        Field(
            "scope",
            "公开内容",
            required=True,
            subject=True,
            help="月份、季度（2024-Q4）或事项编号",
        ),
        Field("result", "能否公开", required=True, choices=("可以公开", "不予公开")),
        Field("approver", "批准人", required=True, help="批准公开的人，须不是审查人"),
        run="clearances:record",
    ),
)

_TASK = Field("task", "任务编号", required=True, subject=True, help="任务编号")
_LEAD = Field("unit", "牵头单位", "unit", help="牵头单位的名称、别名或代码")
_JOINT = Field("joint", "共同牵头", "units", help="共同牵头单位，多个用顿号或逗号分开")
_SUPPORT = Field("co_units", "配合单位", "units", help="配合单位，多个用顿号或逗号分开")
_FINISH = Field("due_on", "时限", "date", help="完成时限")
_STRENGTH = Field(
    "strength",
    "力度",
    choices=("确保", "实现", "做到", "应达", "力争"),
    help="文件的措辞：确保、力争等；没有写的为应达。力争的不亮红灯、不列入通报",
)
_INDICATOR = Field("indicator", "指标", required=True, help="指标名称，或在任务中的序号")
_TASKS = (
    _op(
        "task.add",
        "登记任务",
        "登记方案的一项任务",
        _TASK,
        Field("title", "任务名称", required=True, help="任务名称"),
        Field("action", "行动", help="所属行动"),
        _LEAD,
        _UNIT_ID,
        _JOINT,
        _SUPPORT,
        _FINISH,
        Field("source", "出处", help="出自哪份文件"),
        run="tasks:add",
    ),
    _op(
        "task.correct",
        "更正任务",
        "更正任务的名称、行动、牵头、共同牵头、配合单位、时限或出处",
        _TASK,
        Field("title", "任务名称"),
        Field("action", "行动"),
        _LEAD,
        _UNIT_ID,
        _JOINT,
        _SUPPORT,
        _FINISH,
        Field("source", "出处"),
        run="tasks:correct",
    ),
    _op(
        "task.milestone",
        "设定节点",
        "给任务设一个有时限的节点；同名的改期须写理由",
        _TASK,
        Field("milestone", "任务节点", required=True, help="节点名称"),
        Field("due_on", "时限", "date", required=True, help="完成时限"),
        _STRENGTH,
        Field("reason", "理由", "long", help="改期的理由"),
        run="tasks:milestone",
    ),
    _op(
        "task.target",
        "设定指标",
        "给任务设一项指标和目标值；同名的改动须写理由",
        _TASK,
        _INDICATOR,
        Field(
            "kind",
            "指标类别",
            choices=("target", "deadline", "limit", "param", "cadence", "trend", "none"),
            help="目标、时限、上限、频次、趋势；政策参数和定性的不作考核",
        ),
        Field(
            "comparator",
            "比较",
            choices=(">=", ">", "=", "<=", "<", "range"),
            help="达到、以上为 >=，超过、突破为 >，range 为区间",
        ),
        Field("value", "目标值", help="目标值；空着则与每期的对照值比"),
        Field("high", "区间上限", help="区间的上限"),
        Field("measured_in", "计量单位", help="如 %、家、工作日"),
        Field("baseline", "基数", help="分母或基数，如上年同期、全省平均"),
        _STRENGTH,
        Field("due_on", "时限", "date", help="完成时限；空着为滚动考核，逐期看"),
        Field("remark", "口径说明", "long", help="怎么读、怎么算，有哪些疑问"),
        Field("reason", "理由", "long", help="改动的理由"),
        run="tasks:target",
    ),
    _op(
        "task.progress",
        "任务进展",
        "记录任务进展",
        _TASK,
        Field("note", "进展情况", "long", required=True, help="进展情况"),
        run="task_figures:progress",
        by_unit=True,
    ),
    _op(
        "task.measure",
        "填报数据",
        "填报一项指标某月的数据：写数值，或分子和分母",
        _TASK,
        _INDICATOR,
        Field("period", "月份", "month", required=True, help="数据截至的月份，如 2024-11"),
        Field("numerator", "分子"),
        Field("denominator", "分母", help="为零时比率记“—”"),
        Field("value", "数值", help="直接填数值，不与分子、分母同填"),
        Field("reference", "对照值", help="与外部平均数、上年同期相比的，填那个数"),
        Field("evidence", "佐证", help="佐证材料的说明"),
        run="task_figures:measure",
        by_unit=True,
    ),
    _op(
        "task.done",
        "任务完成",
        "记录节点完成；不写节点即整项任务完成",
        _TASK,
        Field("milestone", "任务节点", help="节点名称或序号；空着为整项任务"),
        run="tasks:done",
    ),
    _op(
        "task.reopen",
        "撤销完成",
        "撤销任务或节点的完成、终止",
        _TASK,
        Field("milestone", "任务节点", help="节点名称或序号；空着为整项任务"),
        _REASON,
        run="tasks:reopen",
    ),
    _op("task.end", "终止任务", "任务不再办理，写明理由", _TASK, _REASON, run="tasks:end"),
)

_DUTY = Field("duty", "报送事项", required=True, subject=True, help="定期报送事项的名称")
_ROUND = Field("period", "期次", required=True, help="如 2024-11、2024-Q4，或期内的一天")
_DUTIES = (
    _op(
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
    _op("duty.end", "停止报送", "从这一天起不再报送", _DUTY, _REASON, run="duties:end"),
    _op(
        "duty.submit",
        "登记报送",
        "记录单位报来了某一期",
        _DUTY,
        _UNIT,
        _UNIT_ID,
        _ROUND,
        run="duties:submit",
        by_unit=True,
    ),
    _op(
        "duty.waive",
        "免予报送",
        "某单位某一期不必报，写明理由",
        _DUTY,
        _UNIT,
        _UNIT_ID,
        _ROUND,
        _REASON,
        run="duties:waive",
    ),
)

_MEETING_NO = Field(
    "meeting",
    "调度",
    required=True,
    subject=True,
    help="调度编号；一个层级只有一次进行中的，写层级也可",
)
_TIERS = ("专项组", "优化办", "分管市领导", "常务副市长", "专题会议", "主要领导")
_TASK_TOO = Field("task", "任务", help="任务编号")
_ABOUT = Field("issue", "事项", "issue", help="事项编号")
_DISPATCH = (
    _op(
        "dispatch.open",
        "登记调度",
        "登记一次调度会议，可以先定日期",
        Field("tier", "层级", required=True, subject=True, choices=_TIERS, help="由谁调度"),
        Field("theme", "主题", help="主题；专项组每周一个主题，必填"),
        Field("held_on", "会议日期", "date", help="会议日期，默认登记当日；可以在将来"),
        Field("unit", "专项组", "unit", help="哪个专项工作组；各组合开的不填"),
        _UNIT_ID,
        Field("leader", "主持人", help="主持会议的领导"),
        run="dispatch:open_",
    ),
    _op(
        "dispatch.pick",
        "点题",
        "把一件事项、一项任务或一个题目列入议程",
        _MEETING_NO,
        _ABOUT,
        _TASK_TOO,
        Field("topic", "题目", help="不挂事项和任务的题目"),
        Field("reason", "点题理由", "long"),
        run="dispatch:pick",
    ),
    _op(
        "dispatch.drop",
        "撤题",
        "从议程撤下一个议题，或不采用拟列的事项",
        _MEETING_NO,
        Field("item", "议题序号", "int", help="议程上的序号"),
        Field("issue", "事项", "issue", help="事项编号；拟列而不采用的写编号"),
        Field("reason", "理由", "long"),
        run="dispatch:drop",
    ),
    _op(
        "dispatch.decide",
        "议定",
        "记下一项议定事项；写明办理方式的，对事项同时办理，一并成立",
        _MEETING_NO,
        Field("text", "议定事项", "long", required=True, help="议定的内容"),
        _ABOUT,
        _TASK_TOO,
        Field("unit", "责任单位", "unit", help="默认事项的责任单位；交办、转办时为新的责任单位"),
        _UNIT_ID,
        Field("due_on", "完成期限", "date", help="何时前完成；交办、延期、转办时为事项的限期"),
        Field(
            "action",
            "办理方式",
            choices=(
                "交办",
                "催办",
                "进展",
                "延期",
                "转办",
                "提级",
                "暂停计时",
                "恢复计时",
                "节点",
            ),
            help="对事项同时办理的一步，按事项当前阶段许可；任务可用进展、节点（按完成期限设节点）",
        ),
        Field("level", "提请层级", help="提级时提请哪一级，默认本次调度的上一级"),
        run="dispatch:decide",
    ),
    _op(
        "dispatch.answer",
        "回告",
        "回告一项议定事项的落实情况",
        Field("decision", "议定事项", required=True, subject=True, help="编号，如 3-2"),
        Field("text", "落实情况", "long", required=True, help="落实的情况"),
        run="dispatch:answer",
    ),
    _op(
        "dispatch.close",
        "结束调度",
        "会议结束；议定事项此后仍可回告",
        _MEETING_NO,
        Field("summary", "会议小结", "long"),
        run="dispatch:close",
    ),
    _op(
        "dispatch.void",
        "撤销调度",
        "撤销没有开成或登记错的调度",
        _MEETING_NO,
        _REASON,
        run="dispatch:void",
    ),
)

_INSTRUCTION_NO = Field("instruction", "编号", required=True, subject=True, help="批示件编号")
_INSTRUCTIONS = (
    _op(
        "instruction.add",
        "登记批示",
        "登记一件领导批示；日期写批示日期，文号写收文号",
        Field("leader", "批示领导", required=True, subject=True, help="谁的批示"),
        Field("gist", "批示要点", "long", required=True, help="批示的内容"),
        Field("report_by", "报结日", "date", help="何时前报结"),
        _ABOUT,
        _TASK_TOO,
        Field("unit", "承办单位", "unit", help="默认所涉事项的责任单位"),
        _UNIT_ID,
        run="instructions:add",
    ),
    _op(
        "instruction.answer",
        "报结",
        "向批示领导报告办理结果；可先报阶段情况，再报一次",
        _INSTRUCTION_NO,
        Field("text", "报结内容", "long", required=True, help="报告的内容"),
        run="instructions:answer",
    ),
    _op(
        "instruction.close",
        "批示办结",
        "批示件办结，须已报结",
        _INSTRUCTION_NO,
        run="instructions:close",
    ),
)

_REVISITS = (
    _op(
        "revisit.plan",
        "安排回头看",
        "从已销号的事项中抽取或指定若干件回头看；同一台账、同一种子，抽出的相同",
        Field("period", "月份", "month", required=True, subject=True, help="抽到这个月销号的为止"),
        Field("since", "起始月份", "month", help="从这个月销号的抽起，默认同月份"),
        Field("size", "件数", "int", help="抽多少件，按单位分层"),
        Field("share", "比例", "int", help="抽百分之几，按单位分层；与件数只写一项"),
        Field("seed", "种子", "int", help="抽样的种子，默认月份的数字，如 202411"),
        Field("issues", "指定事项", "texts", help="不抽样，直接指定的编号；多个用顿号或逗号分开"),
        Field(
            "method",
            "方式",
            choices=("专项检查", "明察暗访", "随机抽查", "交叉检查"),
            help="默认抽样的为随机抽查，指定的为专项检查",
        ),
        Field("checkers", "检查单位", "units", help="派去看的单位；不派去看本单位的事项"),
        run="revisits:plan",
    ),
)

_DIFFERENCE = (
    _PERIOD,
    _UNIT,
    _UNIT_ID,
    Field("issue", "编号", required=True, help="表中的事项编号，如 sheet status 所列"),
    Field("column", "栏目", required=True, help="差异所在的栏目，如 进展情况"),
)
_SHEETS = (
    _op(
        "sheet.accept",
        "采纳差异",
        "采纳收表时没有采用的一处：只限进展、报请复核和申请延期",
        *_DIFFERENCE,
        run="sheets.settling:accept",
    ),
    _op(
        "sheet.dismiss",
        "差异已阅",
        "收表的一处差异已看过，不采纳，台账不变",
        *_DIFFERENCE,
        run="sheets.settling:dismiss",
    ),
)

_SETTINGS = (
    _op(
        "calendar.set",
        "设定工作日",
        "设定某日为班或休（本地停工、调休）",
        Field("day", "日子", "date", required=True, subject=True, help="日期"),
        Field("kind", "班休", required=True, choices=("班", "休")),
        Field("name", "名称", help="节日名称或事由"),
        run="calendars:set_day",
        batch=False,
    ),
    _op(
        "pack.use",
        "启用规则包",
        "启用规则包，从该日起适用",
        Field("name", "规则包", required=True, subject=True, help="规则包名称，或 .toml 文件"),
        run="packs:use",
        batch=False,
    ),
)

OPERATIONS: dict[str, Operation] = {
    op.name: op
    for op in (
        *_UNITS,
        *_ISSUES,
        *_NOTICES,
        *_LADDER,
        *_REFERRALS,
        *_TASKS,
        *_DUTIES,
        *_CLEARANCES,
        *_DISPATCH,
        *_INSTRUCTIONS,
        *_REVISITS,
        *_SHEETS,
        *_SETTINGS,
    )
}


@cache
def op_names() -> dict[str, str]:
    """Map what a batch file may write as the operation, in English or Chinese, to its name."""
    return {word: op.name for op in OPERATIONS.values() if op.batch for word in (op.name, op.title)}


def field_labels(op: Operation) -> dict[str, str]:
    """Map what a batch file may write as a field of one operation to its name."""
    return {word: f.name for f in (*COMMON, *op.fields) for word in (f.name, f.label)}
