"""Rule packs: what comes along, what a city may change, what is refused and how it is told."""

from datetime import date
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervise import packs
from supervise.domain import ladder, naming, referral
from supervise.domain.clock import Term
from supervise.domain.pack import parse_pack
from supervise.domain.pack_settings import NAMING_CRITERIA, REFERRAL_CRITERIA
from supervise.domain.records import Stage
from supervise.domain.toml_records import line_of
from supervise.errors import BadInput, NotFound

JINGMEN = packs.load("jingmen")
OTHERS = [name for name in packs.names() if name != "jingmen"]


def refused(text, name="本市"):
    with pytest.raises(BadInput) as caught:
        parse_pack(text, name)
    return caught.value


def test_five_packs_come_along_the_default_first():
    assert packs.names() == ("jingmen", "gaoxin", "huzhou", "xiangyang", "zhashui")
    with pytest.raises(NotFound, match="jingmen、"):
        packs.load("../jingmen")


@pytest.mark.parametrize("name", packs.names())
def test_every_pack_is_well_written(name):
    pack = parse_pack(packs.load(name), name)
    assert pack.name == name and pack.schema == 1
    assert pack.basis.status != "正式"
    assert tuple(pack.naming.criteria) == NAMING_CRITERIA
    assert tuple(pack.referral.criteria) == REFERRAL_CRITERIA
    assert all(one.label and one.clause for one in pack.naming.criteria.values() if one.on)
    assert pack.naming.criteria["overdue"].on
    assert pack.city.approval is None
    chain = [stage for step in pack.labels.chains[0].steps for stage in step.stages]
    loop = [Stage.DISCOVER, Stage.RECTIFY, Stage.REVIEW, Stage.FEEDBACK, Stage.CLOSED]
    assert chain == loop


def test_the_default_packs_numbers():
    pack = parse_pack(JINGMEN, "jingmen")
    terms = {"紧急": "3wd", "平急": "5wd", "疑难": "15wd", None: "15wd", "特急": "15wd"}
    assert {u: str(pack.clock.term_for(u)) for u in terms} == terms
    assert pack.clock.source == pack.explanation.source == "本办设定"
    assert (pack.clock.assign, pack.clock.sign) == (Term(2, "d"), Term(1, "wd"))
    assert (pack.clock.review, pack.clock.feedback) == (Term(3, "wd"), Term(5, "wd"))
    assert pack.explanation.term == Term(5, "wd")
    assert (pack.extension.max_count, pack.extension.max_ratio) == (1, 1.0)
    assert not pack.extension.no_extension and pack.pause.max_review_days == 30
    assert pack.submit.measures_required and not pack.submit.evidence_required
    assert pack.review.separation == pack.close.separation == pack.naming.separation == "warn"
    assert [name for name, one in pack.naming.criteria.items() if one.on] == ["overdue"]
    on = [name for name, one in pack.referral.criteria.items() if one.on]
    assert on == ["named_again", "promise_missed"]
    assert pack.naming.never == ("专项工作组", "司法机关") and pack.naming.by_hand == ("垂管单位",)
    assert (pack.interview.months, pack.interview.gap) == (2, "break")
    assert pack.basis.date == date(2024, 3, 7) and pack.basis.status == "征求意见"
    assert {one.name: one.value for one in pack.targets}["销号率"] == 98
    assert pack.city.number(2024, 7) == "【待填:发文机关代字】〔2024〕7号"
    assert pack.label(Stage.RECTIFY) == "整改" and pack.label(Stage.MERGED) == "合并办理"


def test_settings_and_rules_speak_of_the_same_criteria():
    assert set(NAMING_CRITERIA) == naming.CRITERIA.keys() - {"manual"}
    assert set(REFERRAL_CRITERIA) == referral.CRITERIA.keys()
    rules, pack = ladder.LadderRules(), parse_pack(JINGMEN, "jingmen")
    assert rules.months == pack.interview.months
    assert rules.named_again_months == pack.referral.named_again_months


def test_what_the_other_documents_say():
    found = {name: parse_pack(packs.load(name), name) for name in OTHERS}
    assert found["gaoxin"].extension.no_extension
    assert found["huzhou"].clock.term_for("紧急") == Term(2, "w")
    assert found["xiangyang"].clock.term_for("平急") == Term(5, "wd")
    assert "推定" in found["xiangyang"].clock.source
    assert [found[name].interview.months for name in OTHERS] == [0, 0, 0, 1]
    assert found["huzhou"].cadence[0].day == 3


def test_the_version_follows_the_text():
    one, other = parse_pack(JINGMEN, "jingmen"), parse_pack(JINGMEN + "# 改\n", "jingmen")
    assert len(one.version_id) == 12 and one.version_id != other.version_id
    assert one.text == JINGMEN
    assert parse_pack("\ufeff" + JINGMEN, "jingmen").title == one.title  # as Notepad saves it


def test_reading_is_quick():
    started = perf_counter()
    for number in range(20):
        parse_pack(f"{JINGMEN}# {number}\n", "jingmen")
    assert (perf_counter() - started) / 20 < 0.02  # 1 ms on an idle machine


def test_every_mistake_is_named_with_its_line():
    text = JINGMEN.replace('default = "15wd"', 'default = "0wd"')
    text = text.replace("max_count", "max_cuont").replace('check = "warn"', 'check = "maybe"')
    text = text.replace("value = 97", 'value = "九成"')
    error = refused(text)
    lines = text.splitlines()
    told = {row.column: row for row in error.rows}
    assert told.keys() == {
        "clock.default", "extension.max_cuont", "naming.check", "targets.3.value"
    }  # fmt: skip
    for column, row in told.items():
        assert lines[row.row - 1].startswith(column.rpartition(".")[2])
    assert "max_count" in told["extension.max_cuont"].message
    assert "warn、require" in told["naming.check"].message
    assert error.code == "bad_pack" and "4 处" in error.message and "本市" in error.message


@pytest.mark.parametrize(("old", "new", "column"), [
    ("schema = 1", "schema = 2", "schema"),
    ("schema = 1\n", "", "schema"),
    ('code_prefix = "JM"', 'code_prefix = "荆门"', "code_prefix"),
    ("[interview]", "[interveiw]", "interveiw"),
    ("[naming.criteria.overdue]", "[naming.criteria.overdu]", "naming.criteria.overdu"),
    ('name = "荆门市"', 'name = "  "', "city.name"),
    ("months = 2", "months = true", "interview.months"),
    ('stages = ["review"]', 'stages = ["reveiw"]', "labels.chains.1.steps.3.stages.1"),
    ('by_hand = ["垂管单位"]', 'by_hand = ["司法机关"]', "naming.by_hand"),
    ('by_hand = ["垂管单位"]', 'by_hand = "垂管单位"', "naming.by_hand"),
    ('by_hand = ["垂管单位"]', 'by_hand = ["税务"]', "naming.by_hand.1"),
    ("date = 2024-03-07", "date = 2024-03-07T08:00:00", "basis.date"),
    ("max_ratio = 1.0", "max_ratio = nan", "extension.max_ratio"),
    ("no_extension = false", "no_extension = 0", "extension.no_extension"),
    ('"平急" = "5wd"', '"平急" = 5', "clock.handling.平急"),
    ("[report]\n", "report2 = 1\n[report]\n", "referral.criteria.returned_overdue.report2"),
])  # fmt: skip
def test_what_is_wrong_is_refused_by_name(old, new, column):
    assert old in JINGMEN
    error = refused(JINGMEN.replace(old, new, 1))
    assert [row.column for row in error.rows][0] == column
    assert column in error.message


@pytest.mark.parametrize("text", ["", "a = ", "= 1", "a = 1\na = 2", "[" * 5000, "x=" + "[" * 5000,
                                  "#" * 200_001, "city = 3", "targets = 3"])  # fmt: skip
def test_what_is_no_pack_is_refused(text):
    assert refused(text).code == "bad_pack"


def test_broken_toml_is_told_by_its_line():
    broken = JINGMEN.replace('leader = "市领导"', 'leader = "市领导')
    line = next(n for n, row in enumerate(broken.splitlines(), 1) if row.startswith("leader"))
    assert f"第 {line} 行" in refused(broken).message


@given(st.text(max_size=80))
def test_any_text_is_a_pack_or_a_refusal(text):
    refused(text)


def test_the_smallest_pack_takes_the_defaults():
    text = """
    schema = 1
    title = "试"
    version = "1"
    source = "试"
    code_prefix = "SH"
    basis = { document = "办法", status = "正式" }
    city = { name = "某市", office = "某办" }
    clock = { default = "10wd", handling = {} }
    naming = { criteria = { overdue = { on = true, min_count = 3 } } }
    """
    pack = parse_pack(text, "某市")
    assert pack.name == "某市" and pack.clock.term_for("紧急") == Term(10, "wd")
    assert pack.naming.criteria["overdue"].min_count == 3
    assert not pack.naming.criteria["late"].on
    assert pack.label(Stage.REVIEW) == "复核" and pack.labels.chains == ()


def test_lines_are_found_in_tables_lists_and_inline_tables():
    text = 'a = 1\n[b]\nc = { d = 1 }\n[[e]]\nf = 1\n[[e]]\n"f" = 2 # f\n[b."二"]\nx.y = 1\n'
    assert line_of(text, ("a",)) == 1
    assert line_of(text, ("b", "c", "d")) == 3
    assert line_of(text, ("e", 0, "f")) == 5
    assert line_of(text, ("e", 1, "f")) == 7
    assert line_of(text, ("b", "二", "x", "y")) == 9
    assert line_of(text, ("zz",)) == 1


@pytest.mark.parametrize(("line", "column", "said"), [
    ("margin_top = 3", "report.layout.margin_top", "10 至 80"),
    ("lines = 60", "report.layout.lines", "10 至 45"),
    ("lines = 45", "report.layout.lines", "每页最多 39 行"),
    ("characters = 40", "report.layout.characters", "每行可排 19 至 30 字"),
    ("line_pitch = 12", "report.layout.line_pitch", "行距不能小于字号"),
    ("title_size = 60", "report.layout.title_size", "字号最多 55 磅"),
    ("head_top = 113", "report.layout.head_top", "最多 112 毫米"),
    ('red = "红"', "report.layout.red", "FF0000"),
    ('body_font = ""', "report.layout.body_font", "不能空着"),
    ("margin_botom = 30", "report.layout.margin_botom", "margin_bottom"),
    ('page_number = "左"', "report.layout.page_number", "dashes"),
])  # fmt: skip
def test_a_layout_that_no_page_holds_is_refused_by_its_key(line, column, said):
    [row] = refused(f"{JINGMEN}\n[report.layout]\n{line}\n").rows
    assert (row.column, said in row.message) == (column, True)
    assert JINGMEN.count("\n") < row.row


def test_a_layout_changes_only_what_it_names():
    layout = '\n[report.layout]\nmargin_top = 35\nbody_font = "仿宋"\nlines = 24\n'
    pack = parse_pack(JINGMEN + layout, "本市")
    changes = (("margin_top", 35.0), ("lines", 24), ("body_font", "仿宋"))
    assert pack.report.layout.changes == changes
    assert parse_pack(JINGMEN, "本市").report.layout.changes == ()
