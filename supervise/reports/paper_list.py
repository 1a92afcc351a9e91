"""Every paper the office makes, in one list; the command, the screens and the archive read it.

A paper is one row: what it is about, the function that gathers its facts, the pure function that
lays them out, and the one that looks whether they add up. All are named by lazy paths, so that
listing the papers loads none of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from supervise.errors import NotFound, Refused

# What a paper is about, and how a person writes it.
SUBJECTS = {
    "period": "月份",
    "period+unit": "月份，可用 --unit 只出一个单位的",
    "issue": "事项编号",
    "issues": "一个或几个事项编号，或用 --unit 出一个单位的",
    "interview": "约谈编号或单位",
    "list": "月份、季度或事项编号，都不写为全部在办事项；可用 --unit 只列一个单位的",
    "span": "月份或季度，如 2024-11、2024-Q4",
    "quarter": "季度，如 2024-Q4",
    "scope": "月份、季度或事项编号",
    "referral": "移送编号或单位",
    "none": "",
}


@dataclass(frozen=True, slots=True)
class Paper:
    """One kind of paper.

    `subject` is a key of SUBJECTS. `gather` gives a list of facts for the session, the subjects
    named and a unit; `build` makes the document of each; `check`, where there is one, lists what
    does not add up. `each` is the subject's name for a file, a field of the facts; "" where the
    title says enough. `withheld`: no read-only session and no archive makes it or tells of it.
    """

    key: str
    title: str
    subject: str
    gather: str
    build: str
    help: str
    check: str = ""
    each: str = ""
    withheld: bool = False


def _paper(
    key: str,
    title: str,
    subject: str,
    gather: str,
    build: str,
    about: str,
    *,
    check: str = "",
    each: str = "",
    withheld: bool = False,
) -> Paper:
    if check:
        check = f"supervise.reports.paper_checks:{check}"
    facts, layout = f"supervise.services.paper_facts.{gather}", f"supervise.reports.{build}"
    return Paper(key, title, subject, facts, layout, about, check, each, withheld)


_TREE = "document:from_json"
_PAPERS = (
    _paper("notice", "调度通报", "period", "months:notice", _TREE, "某月通报，附件分市直和县市区"),
    _paper("basis", "点名依据表", "period", "months:basis", _TREE, "某月点名的全部依据，内部用"),
    _paper(
        "dossier",
        "点名依据卷",
        "period+unit",
        "months:dossiers",
        "dossier:dossier_document",
        "一个被通报单位一卷：交办、签收、催办、逐日限期、报送、核对、七查",
        check="check_unit_month",
    ),
    _paper(
        "check",
        "拟通报事项核对单",
        "period+unit",
        "months:checks",
        "check_sheet:check_document",
        "签发前送拟通报的单位核对",
        check="check_unit_month",
        each="entry.unit",
    ),
    _paper(
        "routing",
        "发文稿纸",
        "period",
        "months:routing",
        "routing:routing_document",
        "某月通报的拟稿、核稿、会签、签发",
        each="notice.period",
    ),
    _paper(
        "brief",
        "工作专报",
        "period",
        "brief:brief",
        "brief:brief_document",
        "一页：五个数字、三个问题、提请协调事项",
        check="check_brief",
    ),
    _paper(
        "reminder",
        "书面说明催报函",
        "period+unit",
        "months:reminders",
        "reminder:reminder_document",
        "催报没有交来的书面说明",
        check="check_reminder",
        each="unit",
    ),
    _paper(
        "warning",
        "到期提醒函",
        "period+unit",
        "figures:warnings",
        "warning:warning_document",
        "截止日以前提醒单位：哪些到期未报、截止日之后怎样；月份处可写截止日",
        check="check_warning",
        each="unit",
    ),
    _paper(
        "assignment",
        "交办单",
        "issues",
        "issues:assignments",
        "handing_out:assignment_document",
        "交给责任单位的问题、限期和要求",
        check="check_issue",
        each="code",
    ),
    _paper(
        "urging",
        "催办单",
        "issues",
        "issues:urgings",
        "handing_out:urging_document",
        "催办还没有报请复核的事项",
        check="check_issue",
        each="code",
    ),
    _paper(
        "supervision",
        "督办单",
        "issues",
        "issues:supervisions",
        "handing_out:supervision_document",
        "督办超期或提级的事项，附单位答复栏",
        check="check_issue",
        each="code",
    ),
    _paper(
        "visit",
        "现场核查表",
        "issues",
        "issues:visits",
        "visit:visit_document",
        "到现场核查用的空表；县市区（--unit）可出一天的",
        check="check_issue",
        each="code",
    ),
    _paper(
        "closing",
        "整改销号审批表",
        "issues",
        "issues:closings",
        "approvals:closing_document",
        "复核、回访、批准销号",
        check="check_issue",
        each="code",
    ),
    _paper(
        "extension",
        "延期审批表",
        "issue",
        "issues:extension",
        "approvals:extension_document",
        "延期的理由、措施和批准",
        check="check_issue",
        each="code",
    ),
    _paper(
        "request",
        "提请约谈的请示",
        "interview",
        "interviews:any_status",
        "interview:request_document",
        "提请市领导约谈单位主要负责人",
        check="check_interview",
    ),
    _paper(
        "memo",
        "呈批件",
        "interview",
        "interviews:any_status",
        "interview_papers:memo_document",
        "提请约谈的内部呈批，有拟办意见和领导批示栏",
        check="check_interview",
        each="unit",
    ),
    _paper(
        "summons",
        "约谈通知书",
        "interview",
        "interviews:agreed",
        "interview_papers:summons_document",
        "领导同意后通知被约谈单位",
        check="check_interview",
        each="unit",
    ),
    _paper(
        "minutes",
        "约谈纪要",
        "interview",
        "interviews:held",
        "interview_papers:minutes_document",
        "约谈之后的纪要，意见和承诺",
        check="check_interview",
    ),
    _paper(
        "record",
        "约谈办理情况表",
        "interview",
        "interviews:asked",
        "interview:record_document",
        "一次约谈的依据和各环节，内部用",
        check="check_interview",
    ),
    _paper(
        "three",
        "三张清单",
        "list",
        "lists:three",
        "issue_lists:one_of_three",
        "任务清单、责任清单、时限清单，同一批事项三种看法",
        check="check_list",
    ),
    _paper(
        "register",
        "问题整改责任清单",
        "list",
        "lists:register",
        "issue_lists:register_document",
        "全部在办，或某月、某季度交办的问题和责任，内部用",
        check="check_list",
    ),
    _paper(
        "public",
        "问题整改责任清单公开版",
        "span",
        "lists:public",
        "issue_lists:public_document",
        "隐去个人、企业和联系方式；须先有保密审查记录（clearance record）",
        check="check_list",
    ),
    _paper(
        "exposure",
        "曝光台案例",
        "issues",
        "lists:cases",
        "exposure:case_document",
        "反面典型案例，与调度通报是两个系列；须先有保密审查记录",
        each="issue.code",
    ),
    _paper(
        "clearance",
        "保密审查表",
        "scope",
        "lists:reviews",
        "exposure:review_document",
        "公开前送审：拟公开的文字逐条列出，审查人、批准人两人签字",
        each="scope",
    ),
    _paper(
        "quarter",
        "季度报告",
        "quarter",
        "quarter:quarter",
        "quarter:quarter_document",
        "一季度的结账、各项比率、流转、时长、点名、约谈和排名，附图",
        check="check_quarter",
    ),
    _paper(
        "rates",
        "指标口径表",
        "period",
        "figures:rates",
        "figures:rates_document",
        "某月各项比率的分子、分母、目标、是否达标和口径，分类别列出，内部用",
        check="check_rates",
    ),
    _paper(
        "balance",
        "结账表",
        "span",
        "figures:balance",
        "figures:balance_document",
        "某月或某季度分单位的期初、新增、转入转出、销号、期末，内部用",
        check="check_balance",
    ),
    _paper(
        "burden",
        "基层负担表",
        "period",
        "figures:burden",
        "figures:burden_document",
        "某月向各单位要过几次材料，标出重复，内部用",
    ),
    _paper(
        "file",
        "事项完整卷",
        "issues",
        "files:files",
        "issue_file:file_document",
        "一件事项的全部记载：限期逐日推算、每一步、佐证、所在通报和约谈",
        check="check_file",
    ),
    _paper(
        "referral",
        "线索移送函",
        "referral",
        "referrals:recorded",
        "referral:letter_document",
        "已记录的移送：致接收机关的函，附移送材料清单",
        each="unit",
        withheld=True,
    ),
    _paper(
        "handover",
        "移交登记表",
        "referral",
        "referrals:recorded",
        "referral:register_document",
        "已记录的移送：移交人、接收人两人签字",
        each="unit",
        withheld=True,
    ),
)
PAPERS: dict[str, Paper] = {paper.key: paper for paper in _PAPERS}


def find(kind: str, *, reading: bool = False) -> Paper:
    """Find a paper by its English key, its Chinese name, or a part that no other name has.

    Raises NotFound with all of them, and Refused for one a read-only session (`reading`) may not
    make.
    """
    said = kind.strip().strip("《》")
    meant = [paper for paper in PAPERS.values() if said in (paper.key, paper.title)]
    if not meant and len(said) > 1:
        meant = [paper for paper in PAPERS.values() if said in paper.title]
    if len(meant) == 1:
        if reading and meant[0].withheld:
            raise Refused("只读方式不出具移送文书。", code="read_only")
        return meant[0]
    shown = [paper for paper in PAPERS.values() if not (reading and paper.withheld)]
    known = "、".join(f"{paper.title}（{paper.key}）" for paper in shown)
    raise NotFound(f"没有“{kind}”这种文书，可用：{known}。", code="no_such_paper")


def listing(*, reading: bool = False) -> Iterable[dict[str, str]]:
    """List the papers as JSON records; in a session that only reads, without those withheld."""
    return (
        {
            "key": paper.key,
            "title": paper.title,
            "subject": paper.subject,
            "about": SUBJECTS[paper.subject],
            "help": paper.help,
        }
        for paper in PAPERS.values()
        if not (reading and paper.withheld)
    )
