"""The tree is stored for ever: it must read back exactly, and number its headings one way."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervise.errors import BadInput
from supervise.reports.document import (
    LAYOUT,
    Attachment,
    Column,
    Document,
    Fields,
    Heading,
    Paragraph,
    Table,
    canonical,
    count_missing,
    from_json,
    missing,
    split_missing,
    to_json,
)
from supervise.reports.layout import Role, numbered, numeral, parts

texts = st.text(max_size=20)
cells = texts | st.integers(-(10**6), 10**6)
columns = st.builds(Column, texts, st.sampled_from(["left", "right", "center"]))
tables = st.lists(columns, min_size=1, max_size=3).flatmap(
    lambda heads: st.builds(
        Table,
        st.just(tuple(heads)),
        st.lists(st.tuples(*[cells] * len(heads)), max_size=3).map(tuple),
        st.none() | texts,
        st.none() | texts,
    )
)
pairs = st.lists(st.tuples(texts, texts), max_size=3).map(tuple)
blocks = st.lists(
    st.builds(Heading, st.integers(1, 4), texts)
    | st.builds(Paragraph, texts)
    | tables
    | st.builds(Fields, pairs),
    max_size=5,
).map(tuple)
lines = st.lists(texts, max_size=2).map(tuple)
documents = st.builds(
    Document,
    texts,
    blocks,
    head=st.none() | texts,
    number=st.none() | texts,
    addressees=st.none() | texts,
    attachments=st.lists(st.builds(Attachment, texts, blocks), max_size=2).map(tuple),
    signature=st.none() | texts,
    date=st.none() | texts,
    notes=lines,
    footer=lines,
    marks=lines,
    stamp=pairs,
    internal=st.booleans(),
)


@given(documents)
def test_reads_back_exactly(document):
    assert from_json(to_json(document)) == document
    stored = canonical(document)
    assert from_json(json.loads(stored)) == document
    assert canonical(from_json(json.loads(stored))) == stored


@pytest.mark.parametrize(
    "damage",
    [
        {"title": None, "nonsense": 1},
        {"blocks": [{"type": "picture"}]},
        {"blocks": [{"type": "heading", "level": 1}]},
        {"stamp": [["one"]]},
        {"layout": LAYOUT + 1},
    ],
)
def test_damaged_trees_are_refused_with_a_sentence(damage):
    with pytest.raises(BadInput, match="存档文书"):
        from_json(to_json(Document("题")) | damage)


def test_a_missing_part_is_refused():
    data = to_json(Document("题"))
    del data["blocks"]
    with pytest.raises(BadInput):
        from_json(data)


def test_headings_are_numbered_within_the_heading_above():
    levels = [1, 2, 2, 3, 4, 4, 3, 1, 2, 3]
    numbers = [number for number, _ in numbered(Heading(level, "") for level in levels)]
    expected = ["一、", "（一）", "（二）", "1.", "（1）", "（2）", "2.", "二、", "（一）", "1."]
    assert numbers == expected


@pytest.mark.parametrize(
    ("number", "text"),
    [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (99, "九十九"), (100, "100")],
)
def test_chinese_numerals(number, text):
    assert numeral(number) == text


def test_placeholders_are_counted_wherever_they_stand():
    document = Document(
        "题",
        (Paragraph(missing("依据文件及文号") + "，" + missing("批准情况")), Heading(1, "完整")),
        number=missing("文号"),
        attachments=(Attachment("表", (Table((Column("列"),), ((missing("数"),),)),)),),
    )
    assert count_missing(document) == 4
    pieces = list(split_missing(f"根据{missing('文号')}办理"))
    assert pieces == [(False, "根据"), (True, "【待填:文号】"), (False, "办理")]


def test_the_stamp_stands_on_internal_papers_only():
    stamp = (("台账校验码", "9:ab"),)
    for internal in (True, False):
        roles = [part.role for part in parts(Document("题", stamp=stamp, internal=internal))]
        assert (Role.STAMP in roles) is internal


def test_one_attachment_has_no_number():
    one = parts(Document("题", attachments=(Attachment("甲表"),)))
    two = parts(Document("题", attachments=(Attachment("甲表"), Attachment("乙表"))))
    assert [p.text for p in one if p.role is Role.ENCLOSED] == ["附件：甲表"]
    assert [p.text for p in one if p.role is Role.ATTACHMENT] == ["附件"]
    assert [p.text for p in two if p.role is Role.ATTACHMENT] == ["附件1", "附件2"]
