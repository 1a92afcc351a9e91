"""The fields an import fills, their Chinese names, and the headings offices use for them."""

from __future__ import annotations

import re
import unicodedata

LABELS: dict[str, str] = {
    "code": "编号",
    "title": "事项",
    "detail": "详情",
    "source": "来源",
    "source_no": "来源编号",
    "batch": "批次",
    "category": "类别",
    "urgency": "紧急程度",
    "party": "诉求人",
    "contact": "联系方式",
    "disclosure": "保密要求",
    "handler": "经办人",
    "unit": "责任单位",
    "unit_id": "单位编号",
    "co_units": "配合单位",
    "found_on": "发现日期",
    "assigned_on": "交办日期",
    "due_on": "限期",
    "submitted_on": "报请复核日期",
    "closed_on": "销号日期",
    "reply": "整改情况",
}
FIELDS = tuple(LABELS)
DATE_FIELDS = ("found_on", "assigned_on", "due_on", "submitted_on", "closed_on")
# A column of running numbers says nothing about which issue a row is.
SERIAL = "序号"
CREDIT_CODE = "统一社会信用代码"

# Best first: when a file has two of them, the earlier one is taken.
_NAMES: dict[str, str] = {
    "code": "编号 问题编号 事项编号 台账编号 督办编号 督查编号 任务编号 统一编号 登记编号 登记号 "
    "问题编码 事项编码 编码 问题号 流水号 唯一编号 问题ID 事项ID code id",
    "title": "事项 标题 问题标题 事项标题 问题名称 事项名称 督办事项 交办事项 整改事项 工作事项 "
    "任务名称 诉求标题 诉求主题 留言主题 来电主题 主题 诉求事项 反映事项 问题事项 问题概述 "
    "问题摘要 问题简述 主要问题 问题 存在问题 存在的问题 反映问题 反映的问题 问题清单 整改问题 "
    "诉求 事由 摘要 名称 title",
    "detail": "详情 问题描述 问题详情 具体情况 具体问题 详细情况 详细描述 问题内容 事项内容 "
    "诉求内容 诉求详情 诉求描述 留言详情 留言内容 来电内容 反映内容 投诉内容 事项描述 情况描述 "
    "问题情况 情况说明 具体内容 主要内容 问题具体描述 问题具体表现 "
    "具体表现 基本情况 内容 描述 正文 detail",
    "source": "来源 问题来源 来源渠道 诉求来源 事项来源 线索来源 信息来源 受理渠道 收集渠道 "
    "反映渠道 来件渠道 诉求渠道 发现渠道 发现途径 发现方式 渠道 source",
    "source_no": "来源编号 工单编号 工单号 工单号码 热线工单号 诉求编号 受理编号 受理单号 来电编号 "
    "来件编号 来文编号 留言编号 投诉编号 举报编号 信访编号 信访件编号 原编号 外部编号 热线编号 "
    "线索编号 source_no",
    "batch": "批次 期次 期数 轮次 批次号 期号 批号 问题批次 交办批次 所属批次 batch",
    "category": "类别 问题类别 事项类别 诉求类别 问题类型 事项类型 诉求类型 类型 分类 问题分类 "
    "事项分类 诉求分类 领域 问题领域 所属领域 涉及领域 类目 category",
    "urgency": "紧急程度 缓急程度 轻重缓急 缓急 紧急 紧急类型 紧急级别 紧急等级 定级 问题定级 "
    "问题等级 问题级别 难易程度 优先级 办件类型 urgency",
    "party": "诉求人 反映人 投诉人 举报人 来电人 留言人 信访人 诉求企业 反映企业 诉求主体 反映主体 "
    "投诉企业 经营主体 市场主体 企业名称 经营主体名称 市场主体名称 诉求人姓名 反映人姓名 "
    "投诉人姓名 留言用户 企业 联系人 反映单位 party",
    "contact": "联系方式 联系电话 电话 手机 手机号 手机号码 电话号码 联系号码 来电号码 诉求人电话 "
    "诉求人联系方式 反映人电话 反映人联系方式 联系人电话 联系人及电话 contact",
    "disclosure": "保密要求 是否保密 是否要求保密 信息保密 告知范围 保密 disclosure",
    "handler": "经办人 承办人 办理人 具体经办人 责任人 具体责任人 联络员 经办 handler",
    "unit": "责任单位 牵头单位 主办单位 承办单位 整改单位 牵头责任单位 整改责任单位 主责单位 "
    "责任单位名称 责任主体 整改主体 责任部门 牵头部门 主办部门 承办部门 主责部门 整改部门 "
    "被交办单位 处置单位 处置部门 办理单位 办理部门 处理单位 处理部门 落实单位 单位名称 单位 "
    "部门 部门名称 unit",
    "unit_id": "单位编号 单位代码 单位编码 责任单位编号 责任单位代码 责任单位编码 牵头单位编号 "
    "牵头单位代码 承办单位编号 承办单位代码 承办单位编码 主办单位代码 处置单位编号 部门编号 "
    "部门代码 部门编码 机构代码 机构编码 组织机构代码 单位统一社会信用代码 "
    "责任单位统一社会信用代码 统一社会信用代码 社会信用代码 信用代码 单位ID 部门ID unit_id",
    "co_units": "配合单位 协办单位 配合责任单位 协同单位 协助单位 会办单位 联办单位 参与单位 "
    "责任配合单位 配合部门 协办部门 协同部门 协助部门 会办部门 联办部门 co_units",
    "reply": "整改情况 办理情况 答复 回复 答复内容 答复情况 回复内容 回复情况 答复意见 回复意见 "
    "办理结果 处理结果 处置结果 整改结果 办理回复 处理情况 处置情况 办结情况 整改落实情况 落实情况 "
    "完成情况 整改完成情况 整改成效 整改措施及成效 整改措施 整改进展 整改进展情况 办理进展 "
    "工作进展 进展情况 最新进展 reply",
    "due_on": "限期 时限 期限 办结时限 办理时限 办理期限 办结期限 整改时限 整改期限 完成时限 "
    "完成期限 整改完成时限 整改完成期限 限办时限 处置时限 处理时限 反馈时限 答复时限 回复时限 "
    "要求时限 due_on",
    "found_on": "found_on",
    "assigned_on": "assigned_on",
    "submitted_on": "submitted_on",
    "closed_on": "closed_on",
}
# A dated heading is an act and one of 日期, 时间, 日: 交办日期, 交办时间.
_ACTS: dict[str, str] = {
    "found_on": "发现 问题发现 登记 问题登记 收集 问题收集 反映 来电 来件 留言 诉求 投诉 举报 上报 "
    "接收 收到 录入 创建 立案 排查 检查 提出 受理",
    "assigned_on": "交办 分办 转办 派单 派发 派遣 下达 下发 分派 交派 批转 转交 任务下达",
    "due_on": "限办 限定 截止 截至 到期 应办结 应完成 要求办结 要求完成 要求整改完成 限期办结 "
    "限期整改 限期完成 办结截止 整改截止 完成截止 计划完成 计划办结 承诺完成 承诺办结 预计完成 "
    "拟完成 规定办结 规定完成",
    "submitted_on": "报请复核 提请复核 提交复核 申请复核 报送复核 上报复核 送审 报结 申请销号 "
    "提请销号 报请销号 实际完成 整改上报 整改提交 反馈整改结果",
    "closed_on": "销号 办结 结案 销案 归档 关闭 实际办结 完结 复核销号 验收销号",
}

_TAIL = re.compile("(?:日期|时间|时日|年月日|日)$")
_BRACKETED = re.compile(r"[(\[【{〔][^)\]】}〕]*[)\]】}〕]")
_EDGES = re.compile(r"^(?:\d+[.、)])?[*#:、.。]*|[*#:、.。]*$")
_CO_UNITS = re.compile("配合|协办|协同|协助|会办")


def folded(heading: str) -> str:
    """Give a heading without blanks, line breaks, full-width forms and stars."""
    text = unicodedata.normalize("NFKC", heading)
    return _EDGES.sub("", re.sub(r"\s+", "", text)).lower()


def bare(heading: str) -> str:
    """Give a folded heading without what stands in brackets: a unit, (必填)."""
    return _EDGES.sub("", _BRACKETED.sub("", folded(heading)))


def _ranked() -> dict[str, tuple[str, int]]:
    names: dict[str, tuple[str, int]] = {}
    for field, words in _NAMES.items():
        for rank, word in enumerate(words.split()):
            names.setdefault(folded(word), (field, rank))
    return names


def _ranked_acts() -> dict[str, tuple[str, int]]:
    return {
        word: (field, 100 + rank)
        for field, words in _ACTS.items()
        for rank, word in enumerate(words.split())
    }


_BY_NAME = _ranked()
_BY_ACT = _ranked_acts()


def match_heading(heading: str) -> tuple[str, int] | None:
    """Give the field a heading usually stands for and how sure that is (0 is best), or None."""
    whole, short = folded(heading), bare(heading)
    for text in (whole, short):
        if text in _BY_NAME:
            field, rank = _BY_NAME[text]
            joined = field == "unit" and _CO_UNITS.search(whole)
            return ("co_units", 50) if joined else (field, rank)
        act = _TAIL.sub("", text)
        if act != text and act in _BY_ACT:
            return _BY_ACT[act]
    return None


def field_named(name: str) -> str | None:
    """Give the field of an English or Chinese name, or None."""
    if name in LABELS:
        return name
    return next((field for field, label in LABELS.items() if label == folded(name)), None)
