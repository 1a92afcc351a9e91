"""Chinese words for the keys and values of the JSON records, and the columns of each list."""

from __future__ import annotations

# fmt: off
KEYS = {
    "accepted_on": "受理日期", "action": "更正方式", "active": "在用", "added": "新增",
    "added_on": "存入日期", "aliases": "别名", "applied": "办理", "approved_on": "同意日期",
    "approver": "批准人", "as_of": "截至", "asked_on": "申请日期", "assigned_on": "交办日期",
    "basis": "依据", "batch": "批次", "by": "办理人", "by_stage": "各阶段", "category": "类别",
    "changes": "变化", "check": "核对", "clocks": "期限", "closed_on": "销号日期",
    "co_units": "配合单位", "code": "编号", "column": "栏目", "conclusion": "审查结论",
    "contact": "联系方式", "count": "件数", "counted": "计入", "criterion": "情形",
    "cutoff": "截止日期", "date": "日期", "day": "日子", "days": "逐日",
    "decided_on": "决定日期", "declined_on": "不予约谈日期", "deferred_on": "暂缓日期",
    "delivered_on": "送达日期", "demo": "演示", "denominator": "分母", "detail": "问题详情",
    "disclosure": "告知范围", "due": "到期日", "due_on": "限期", "due_soon": "即将到期",
    "ended_on": "结束日期", "entered": "起", "entries": "名单", "escalated": "提级",
    "events": "办理过程", "evidence": "佐证", "exempt_by": "批准人",
    "exempt_reason": "免予点名理由", "explain": "仍须说明", "extensions": "延期次数",
    "feedback_on": "回访日期", "file": "文件", "found_on": "发现日期", "handler": "经办人",
    "head": "主要负责人", "held": "已约谈", "held_on": "约谈日期", "id": "编号",
    "instruction": "批示", "interviews": "约谈", "issue": "事项", "issued_on": "签发日期",
    "issues": "事项", "kept": "原台账存为", "kind": "类别", "known": "已公布",
    "leader": "约谈领导", "ledger": "台账", "left_on": "止", "measures": "整改措施",
    "merged_into": "并入事项", "message": "说明", "moved": "改期件数", "name": "名称",
    "note": "备注", "notice": "通报", "notices": "通报", "number": "文号", "numerator": "分子",
    "office": "本办序号", "ok": "完好", "on": "日期", "op": "办理", "open": "在办",
    "order": "机构序列", "origin": "来由", "original_due_on": "原限期", "overdue": "超期",
    "overdue_days": "超期天数", "pack": "规则包", "parent": "所属县市区", "party": "诉求人",
    "path": "位置", "pause_review_on": "复核暂停日期", "paused_on": "暂停日期",
    "pending": "待核", "period": "月份", "periods": "月份", "planned_on": "计划日期",
    "polarity": "类型", "problems": "问题", "proposed": "拟提请", "provisional": "暂定",
    "rate": "比率", "rates": "各项比率", "reason": "理由", "reasons": "情形",
    "received_on": "收到日期", "recipient": "接收机关", "recorded_at": "记录时间",
    "recorded_by": "记录人", "ref": "文号", "refused": "未导入", "reopens": "反弹次数",
    "replied_on": "答复日期", "reply": "答复内容", "returns": "退回次数", "row": "行",
    "rows": "行数", "satisfaction": "满意情况", "seq": "序号", "series": "系列",
    "sha256": "SHA-256", "short": "简称", "signed_on": "签收日期", "size": "大小",
    "source": "来源", "source_no": "工单编号", "stage": "阶段", "stage_name": "阶段",
    "start": "起算日", "status": "状态", "step": "环节", "steps": "办文环节",
    "submitted_on": "报请日期", "term": "期限",
    "text": "全文", "title": "事项", "to": "文件", "today": "今天", "total": "总数",
    "unchanged": "未变", "unit": "责任单位", "unit_id": "单位代码", "units": "单位数",
    "updated": "更新", "urged_on": "催办日期", "urgency": "紧急程度", "urges": "催办次数",
    "version": "版本", "voided_on": "撤回日期", "warnings": "提示", "why": "说明",
    "withdrawn_on": "撤回日期", "work": "上班", "workdays": "工作日数", "year": "年份",
    "years": "年份", "subject": "问责主体", "head_since": "任职日期", "forerunners": "并入本单位的",
    "since": "起", "until": "止", "repeats": "重复", "urge": "催办", "return": "退回补正",
    "explanation": "书面说明", "interview": "约谈材料", "sheet": "问题表", "verdict": "结论", "says": "所见",
    "node": "节点", "done_on": "完成日期", "after": "前一节点",
    "checks": "签发前检查", "ours": "台账", "theirs": "单位所填",
    "last": "发出时", "acceptable": "可采纳", "scope": "公开内容", "result": "审查结论", "texts": "文字处数",
    "task": "任务编号", "joint": "共同牵头", "light": "灯",
    "light_why": "为何", "next": "下一节点", "latest": "最近数据", "targets": "指标数",
    "sample": "样例", "milestone": "节点", "milestones": "节点", "indicator": "指标",
    "indicators": "指标", "comparator": "比较", "value": "数值", "high": "区间上限",
    "measured_in": "计量单位", "target": "目标值", "baseline": "基数", "strength": "力度",
    "remark": "口径说明", "measurements": "各期数据", "reference": "对照值", "met": "达到",
    "progress": "进展", "no": "序号", "duty": "报送事项",
    "every": "周期", "rhythm": "报送日期", "owed_by": "应报单位", "clause": "依据",
    "from_pack": "规则包规定", "reports": "各期报送", "label": "期次", "named_on": "规定日子",
    "state": "状态", "state_name": "状态", "late_days": "迟报天数", "waived_on": "免报日期",
    "status_name": "状态", "tier": "层级", "theme": "主题", "decided": "议定",
    "unanswered": "未回告", "agenda": "议程", "decisions": "议定事项", "meeting": "调度",
    "answered_on": "回告日期", "answer": "回告", "answered_by": "回告人", "topic": "题目",
    "summary": "小结", "gist": "批示要点", "report_by": "报结日", "instructions": "批示件",
    "plan": "计划", "method": "方式", "seed": "种子", "population": "基数", "results": "结果",
    "checker": "检查单位", "redone": "已重办",
}
# fmt: on

# Words that differ from one kind of record to another.
KEYS_OF = {
    "task": {
        "title": "任务",
        "action": "行动",
        "unit": "牵头单位",
        "due_on": "时限",
        "source": "出处",
    },
    "task.milestones": {"due_on": "时限"},
    "task.indicators": {"due_on": "时限", "kind": "类别"},
    "duty": {
        "unit": "单位",
        "period": "期次",
        "due_on": "应报日期",
        "submitted_on": "报来日期",
        "since": "自",
        "until": "至",
    },
    "duty.reports": {
        "unit": "单位",
        "period": "期次",
        "due_on": "应报日期",
        "submitted_on": "报来日期",
    },
    "verify": {"events": "事件数", "head": "校验码"},
    "backup": {"events": "事件数", "head": "校验码"},
    "unit": {
        "unit": "单位",
        "unit_id": "代码",
        "open": "未办结",
        "overdue": "超期未交",
        "merged_into": "并入单位",
        "names": "历用名称",
        "namings": "被点名",
        "interviews": "约谈",
        "explanations": "书面说明",
        "burden": "基层负担",
    },
    "unit.burden": {"counts": "要材料", "total": "次数"},
    "unit.namings": {"unit": "印发时名称"},
    "unit.interviews": {"due_on": "承诺日期", "submitted_on": "提请日期", "closed_on": "办结日期"},
    "interview": {
        "unit": "单位",
        "closed_on": "办结日期",
        "due_on": "承诺日期",
        "submitted_on": "提请日期",
    },
    "interview.basis": {"unit": "被通报单位"},
    "referral": {"unit": "单位"},
    "clearance": {"by": "审查人"},
    "explanation": {"unit": "单位"},
    "notice.entries": {"unit": "单位"},
    "pack": {"title": "说明", "source": "依据"},
    "paper": {"title": "文书", "key": "英文名", "about": "对象", "help": "用途"},
    "ledger": {"title": "规则名称"},
    "notice": {"code": "台账校验码", "entries": "点名名单"},
    "issue.clocks": {"kind": "算法", "was": "原为"},
    "dispatch": {
        "held_on": "会议日期",
        "due_on": "期限",
        "closed_on": "结束日期",
        "unit": "单位",
        "leader": "主持人",
        "overdue": "逾期未回告",
        "text": "议定事项",
        "action": "办理方式",
        "decided_on": "议定日期",
    },
    "dispatch.agenda": {"reasons": "理由", "issue": "编号"},
    "dispatch.decisions": {
        "text": "议定事项",
        "action": "办理方式",
        "decided_on": "议定日期",
        "due_on": "完成期限",
    },
    "issue.instructions": {"leader": "批示领导", "on": "批示日期"},
    "issue.decisions": {"text": "议定事项", "held_on": "会议日期", "due_on": "完成期限"},
    "instruction": {
        "leader": "批示领导",
        "on": "批示日期",
        "unit": "承办单位",
        "answered_on": "报结日期",
        "answer": "报结情况",
        "closed_on": "办结日期",
        "overdue": "逾期",
    },
    "revisit": {
        "rows": "事项",
        "size": "抽取件数",
        "since": "起始月份",
        "on": "日期",
        "result": "结果",
    },
    "revisit.rows": {"on": "检查日期", "result": "结果"},
}

# fmt: off
VALUES = {
    "named": "点名", "praised": "表扬", "noted": "提示", "proposed": "拟提请",
    "manual": "人工列入", "effective": "生效", "exempt": "免予点名", "withdrawn": "已撤回",
    "draft": "拟稿", "issued": "已签发", "submitted": "已提请", "approved": "已同意",
    "declined": "不予约谈", "deferred": "暂缓", "scheduled": "已安排", "held": "已约谈",
    "closed": "整改办结", "void": "已撤回", "owed": "应交", "received": "已收", "accepted": "已收",
    "returned": "已退回", "candidate": "待研判", "recorded": "已移送", "continued": "继续督办",
    "dismissed": "不予移送", "named_again": "约谈后再被通报", "promise_missed": "承诺逾期",
    "same_matter": "同一事项多次被通报", "returned_overdue": "多次退回且超期",
    "discover": "发现", "rectify": "整改", "review": "复核", "feedback": "反馈",
    "rejected": "不予受理", "merged": "合并办理", "terminated": "终止办理", "read": "已阅",
}
# fmt: on
# Only words under these keys are codes; all else is text of the office's own.
CODED = frozenset(
    {"status", "polarity", "origin", "criterion", "verdict", "light", "every", "state"}
)
_ALGORITHMS = {
    "target": "目标",
    "deadline": "时限",
    "limit": "上限",
    "param": "政策参数",
    "cadence": "频次",
    "trend": "趋势",
    "none": "定性",
    "term": "按时限",
    "given": "写明的限期",
    "rework": "首次时限的一半",
    "resume": "补回暂停的工作日",
    "calendar": "放假安排变动",
    "clockset": "另计时限的最后节点",
    "node": "另计时限",
}
_TERM_UNITS = {"wd": "个工作日", "d": "日", "w": "周", "m": "个月"}
_OTHER = {
    ("origin", "proposed"): "规则提出",
    ("stage", "closed"): "销号",
    ("status", "withdrawn"): "已撤回",
    ("criterion", "overdue"): "逾期未报",
    ("criterion", "late"): "逾期报送",
    ("criterion", "returned"): "多次复核退回",
    ("criterion", "unreported"): "未按期报送进展",
    ("criterion", "task"): "任务未完成",
    ("criterion", "manual"): "人工列入",
    ("criterion", "corrected"): "更正说明",
    ("verdict", "ok"): "通过",
    ("verdict", "warn"): "提醒",
    ("verdict", "refuse"): "不得签发",
    ("light", "red"): "红",
    ("light", "yellow"): "黄",
    ("light", "green"): "绿",
    ("light", "grey"): "灰",
    ("status", "open"): "在办",
    ("status", "done"): "已完成",
    ("status", "ended"): "已终止",
    ("state", "submitted"): "已报",
    ("state", "overdue"): "逾期",
    ("state", "waived"): "免报",
    ("state", "pending"): "未到期",
    ("every", "week"): "每周",
    ("every", "fortnight"): "每两周",
    ("every", "month"): "每月",
    ("every", "two_months"): "每两月",
    ("every", "quarter"): "每季度",
    ("every", "half_year"): "每半年",
    ("every", "year"): "每年",
}

# Columns shown only where at least one row has something in them.
SPARSE = frozenset(
    {
        "ref", "note", "reason", "exempt_reason", "exempt_by", "node", "done_on", "task", "topic",
        "checker", "answer", "redone",
    }
)  # fmt: skip

COLUMNS = {
    "issue": ("code", "title", "stage_name", "unit", "due_on", "overdue_days", "returns"),
    "unit": ("unit", "unit_id", "kind", "parent", "aliases", "active"),
    "unit.names": ("name", "since", "until"),
    "notice.checks": ("name", "verdict", "says"),
    "unit.namings": ("period", "notice", "unit", "reasons"),
    "unit.interviews": ("id", "periods", "status", "held_on", "due_on"),
    "unit.explanations": ("period", "due_on", "received_on", "status", "overdue"),
    "unit.burden": ("period", "total", "repeats", "counts"),
    "notice": ("period", "series", "status", "number", "issued_on", "cutoff", "entries"),
    "notice.entries": (
        "unit",
        "polarity",
        "origin",
        "status",
        "reasons",
        "check",
        "exempt_reason",
        "exempt_by",
    ),  # fmt: skip
    "notice.steps": ("step", "on", "by", "ref"),
    "explanation": ("period", "unit", "due_on", "received_on", "status", "overdue"),
    "interview": ("id", "unit", "periods", "status", "warnings"),
    "interview.basis": ("period", "notice", "unit", "reasons"),
    "referral": ("id", "unit", "criterion", "status", "basis"),
    "dispatch": (
        "id",
        "tier",
        "status_name",
        "held_on",
        "due_on",
        "unit",
        "theme",
        "decided",
        "unanswered",
    ),
    "dispatch.agenda": ("no", "status_name", "issue", "title", "task", "topic", "unit", "reasons"),
    "dispatch.decisions": (
        "id",
        "text",
        "issue",
        "unit",
        "due_on",
        "action",
        "status_name",
        "answer",
    ),
    "issue.decisions": ("id", "tier", "held_on", "text", "due_on", "answered_on", "answer"),
    "issue.instructions": ("id", "leader", "on", "gist", "report_by", "status_name"),
    "instruction": (
        "id",
        "leader",
        "on",
        "gist",
        "issue",
        "unit",
        "report_by",
        "status_name",
        "answer",
    ),
    "revisit": (
        "plan",
        "period",
        "issue",
        "title",
        "unit",
        "checker",
        "closed_on",
        "result",
        "on",
    ),
    "revisit.rows": (
        "issue",
        "title",
        "unit",
        "checker",
        "closed_on",
        "result",
        "on",
        "redone",
    ),
    "clearance": ("id", "scope", "result", "on", "by", "approver", "ref", "texts"),
    "pack": ("name", "title", "source", "version"),
    "paper": ("title", "key", "about", "help"),
    "issue.events": ("seq", "on", "op", "by", "ref", "note", "reason", "changes"),
    "issue.clocks": (
        "on",
        "op",
        "kind",
        "node",
        "start",
        "term",
        "was",
        "due_on",
        "done_on",
        "provisional",
    ),  # fmt: skip
    "task": ("task", "title", "unit", "light", "light_why", "next", "due_on"),
    "task.milestones": ("no", "milestone", "due_on", "done_on", "strength", "light", "light_why"),
    "task.indicators": (
        "no",
        "indicator",
        "kind",
        "target",
        "strength",
        "latest",
        "due_on",
        "light",
        "light_why",
    ),
    "task.progress": ("on", "by", "note"),
    "task.events": ("seq", "on", "op", "by", "ref", "note"),
    "duty": ("duty", "unit", "period", "due_on", "state", "submitted_on", "late_days", "reason"),
    "duty.reports": ("unit", "period", "due_on", "state", "submitted_on", "late_days", "reason"),
    "rates": ("name", "numerator", "denominator", "rate"),
    "refused": ("row", "column", "message"),
    "due.days": ("date", "counted", "why"),
    "calendar.days": ("date", "work", "name"),
}


def label(key: str, kind: str = "") -> str:
    """Give the Chinese word for a key of a record; an unknown key stands for itself."""
    return KEYS_OF.get(kind, {}).get(key) or KEYS.get(key, key)


def _term(value: str) -> str:
    """Say a term: 15wd is 15个工作日."""
    number = value.rstrip("dmw")
    unit = _TERM_UNITS.get(value[len(number) :])
    return f"{number}{unit}" if unit and number.isdigit() else value


def word(key: str, value: str) -> str:
    """Give the Chinese word for a coded value."""
    if key == "kind":
        return _ALGORITHMS.get(value, value)
    if key == "term":
        return _term(value)
    if key == "stage" or key in CODED:
        return _OTHER.get((key, value)) or VALUES.get(value, value)
    return value
