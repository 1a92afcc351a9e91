"""One year of a small office, written once: every operation of the contract at least once."""

from __future__ import annotations

from typing import Any

Row = dict[str, Any]


def op(name_: str, on: str, /, **fields: Any) -> Row:
    """Give one operation as a batch row writes it."""
    return {"op": name_, **fields, "on": on}


ASSIGNED = [
    op("issue.add", "2024-03-01", issue=f"S-{number}", title=f"事项{number}", found_on="2024-03-01")
    for number in range(1, 10)
] + [
    op("issue.assign", "2024-03-04", issue=f"S-{number}", unit=unit, due_on=due)
    for number, unit, due in [
        (1, "市住建局", "2024-03-15"),
        (2, "11420800MB0002", "2024-03-20"),
        (6, "市住建局", "2024-03-15"),
        (7, "旧局", "2024-12-31"),
        (8, "东山县住建局", "2024-03-15"),
        (9, "市数据局", "2024-03-15"),
    ]
]

UNITS = [
    op("unit.add", "2024-01-02", unit="市住建局", unit_id="11420800MB0001", kind="市直部门",
       head="张三", short="住建", order=1),
    op("unit.add", "2024-01-02", unit="市水务局", unit_id="11420800MB0002", order=2),
    op("unit.add", "2024-01-02", unit="东山县", unit_id="11420800MB0003", kind="县市区"),
    op("unit.add", "2024-01-02", unit="东山县住建局", parent="东山县", kind="其他"),
    op("unit.add", "2024-01-02", unit="旧局"),
    op("unit.add", "2024-01-02", unit="新局"),
    op("unit.add", "2024-01-02", unit="市数据局", ref="编办〔2024〕1号", note="新设", by="主任"),
    op("unit.alias", "2024-01-03", unit="市住建局", alias="市住房和城乡建设局"),
    op("unit.rename", "2024-02-01", unit="市水务局", name="市水利和湖泊局"),
    op("unit.merge", "2024-06-03", unit="旧局", into="新局"),
]  # fmt: skip

LOOP = [
    op("issue.add", "2024-03-02", issue="S-10", title="路灯不亮", found_on="2024-03-01",
       source="企业走访", source_no="7", batch="第一批", category="要素保障", urgency="平急",
       party="甲公司", contact="13800000000", disclosure="可告知", handler="小王",
       detail="厂区外道路路灯不亮", instruction="速办"),
    op("issue.accept", "2024-03-04", issue="S-10", conclusion="属实", category="市政",
       urgency="紧急"),
    op("issue.assign", "2024-03-05", issue="S-10", unit="市住房和城乡建设局",
       co_units=["市数据局", "新局"]),
    op("issue.sign", "2024-03-05", issue="S-10"),
    op("issue.progress", "2024-03-06", issue="S-10", note="已派人查看"),
    op("issue.urge", "2024-03-07", issue="S-10", by="办公室"),
    op("issue.extend", "2024-03-08", issue="S-10", due_on="2024-03-11", reason="待料",
       asked_on="2024-03-07"),
    op("issue.pause", "2024-03-09", issue="S-10", reason="等待上级批复", review_on="2024-03-20"),
    op("issue.resume", "2024-03-12", issue="S-10"),
    op("issue.escalate", "2024-03-12", issue="S-10", level="分管副市长"),
    op("issue.submit", "2024-03-12", issue="S-10", measures="换灯", evidence=["验收单"]),
    op("issue.return", "2024-03-13", issue="S-10", reason="仍有一盏不亮", due_on="2024-03-18"),
    op("issue.submit", "2024-03-15", issue="S-10", measures="全部更换", ref="住建〔2024〕3号"),
    op("issue.pass", "2024-03-18", issue="S-10", method="现场", reviewers="李四、王五"),
    op("issue.reply", "2024-03-19", issue="S-10", note="已电话答复"),
    op("issue.feedback", "2024-03-20", issue="S-10", satisfaction="满意"),
    op("issue.close", "2024-03-21", issue="S-10", by="主任"),
    op("issue.revisit", "2024-05-06", issue="S-10", result="反弹"),
    op("issue.reopen", "2024-05-07", issue="S-10", reason="又坏", due_on="2024-05-20"),
    op("issue.submit", "2024-05-10", issue="S-10", measures="换线路"),
    op("issue.pass", "2024-05-11", issue="S-10"),
    op("issue.feedback", "2024-05-12", issue="S-10", satisfaction="不满意", upheld=True,
       due_on="2024-05-24"),
    op("issue.submit", "2024-05-20", issue="S-10", measures="再换"),
    op("issue.pass", "2024-05-21", issue="S-10"),
    op("issue.reply", "2024-05-21", issue="S-10"),
    op("issue.feedback", "2024-05-22", issue="S-10", satisfaction="不满意", upheld=False,
       reason="诉求超出职权"),
    op("issue.close", "2024-05-23", issue="S-10"),
]  # fmt: skip

BESIDE = [
    op("issue.transfer", "2024-03-08", issue="S-2", unit="市数据局", reason="职责",
       due_on="2024-03-29"),
    op("issue.submit", "2024-03-28", issue="S-2", measures="已办"),
    op("issue.reclassify", "2024-03-05", issue="S-7", urgency="疑难", reason="情况复杂"),
    op("issue.reject", "2024-03-05", issue="S-3", reason="不属职权"),
    op("issue.restore", "2024-03-06", issue="S-3", reason="补正"),
    op("issue.merge", "2024-03-07", issue="S-4", into="S-3"),
    op("issue.terminate", "2024-03-07", issue="S-5", reason="撤诉"),
    op("issue.correct", "2024-03-08", issue="S-3", field="title", value="事项三", reason="笔误"),
]  # fmt: skip

LADDER = [
    op("notice.draft", "2024-04-01", period="2024-03"),
    op("notice.name", "2024-04-01", period="2024-03", unit="新局", reason="连续缺会"),
    op("notice.name", "2024-04-01", period="2024-03", unit="市水利和湖泊局", reason="办得快",
       polarity="praised"),
    op("notice.exempt", "2024-04-01", period="2024-03", unit="市数据局", reason="上级叫停",
       explain=True, by="主任"),
    op("notice.exempt", "2024-04-01", period="2024-03", unit="市住建局", reason="误会", by="主任"),
    op("notice.restore", "2024-04-02", period="2024-03", unit="市住建局"),
    op("notice.check", "2024-04-02", period="2024-03", unit="市住建局", result="无异议"),
    op("notice.issue", "2024-04-03", period="2024-03", number="〔2024〕1号",
       delivered_on="2024-04-05"),
    op("notice.correct", "2024-04-08", period="2024-03", unit="新局", action="撤销", reason="查否"),
    op("explanation.receive", "2024-04-09", period="2024-03", unit="市住建局", ref="收1"),
    op("explanation.return", "2024-04-10", period="2024-03", unit="市住建局", reason="不实"),
    op("explanation.receive", "2024-04-11", period="2024-03", unit="市住建局"),
    op("notice.draft", "2024-05-01", period="2024-04", series="调度通报", cutoff="2024-04-30"),
    op("notice.issue", "2024-05-06", period="2024-04", number="〔2024〕2号"),
    op("interview.submit", "2024-05-07", unit="市住建局", periods=["2024-03", "2024-04"]),
    op("interview.approve", "2024-05-08", unit="市住建局", leader="常务副市长"),
    op("interview.schedule", "2024-05-08", unit="市住建局", planned_on="2024-05-15"),
    op("interview.hold", "2024-05-15", unit="市住建局", due_on="2024-05-24"),
    op("interview.submit", "2024-05-07", unit="东山县"),
    op("interview.defer", "2024-05-08", unit="东山县", reason="出差"),
    op("interview.decline", "2024-05-09", unit="东山县", reason="已当面谈过"),
    op("notice.draft", "2024-06-01", period="2024-05"),
    op("notice.issue", "2024-06-03", period="2024-05", number="〔2024〕3号"),
    op("notice.draft", "2024-07-01", period="2024-06"),
    op("notice.issue", "2024-07-02", period="2024-06", number="〔2024〕4号"),
    op("interview.submit", "2024-07-03", unit="市数据局"),
    op("interview.void", "2024-07-04", unit="市数据局", reason="拟稿有误"),
    op("referral.continue", "2024-07-03", unit="市住建局", criterion="promise_missed",
       reason="再看"),
    op("interview.close", "2024-07-05", unit="市住建局"),
    op("notice.draft", "2024-08-01", period="2024-07"),
    op("notice.issue", "2024-08-02", period="2024-07", number="〔2024〕5号"),
    op("referral.record", "2024-08-05", unit="市住建局", criterion="named_again", approver="市长",
       recipient="市纪委监委", ref="移〔2024〕1号"),
    op("notice.draft", "2024-09-01", period="2024-08"),
    op("notice.issue", "2024-09-02", period="2024-08", number="〔2024〕6号"),
    op("notice.withdraw", "2024-09-05", period="2024-08", reason="数据有误"),
]  # fmt: skip

STORY = UNITS[:-1] + ASSIGNED + LOOP + BESIDE + [UNITS[-1]] + LADDER
