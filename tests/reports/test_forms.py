"""Ruled forms as text: every line as wide as the others, nothing of what was filled in lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from supervise.reports.document import Box, Document, Form
from supervise.reports.export import export
from supervise.reports.layout import safe_text
from supervise.reports.text import form_lines
from supervise.text import cells

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


@st.composite
def forms(draw: st.DrawFn) -> Form:
    """Draw a form whose rows fill its grid, or leave the last columns out."""
    widths = tuple(draw(st.lists(st.integers(1, 12), min_size=1, max_size=6)))
    rows = []
    for _ in range(draw(st.integers(1, 5))):
        left, row = len(widths), []
        while left and (not row or draw(st.booleans())):
            span = draw(st.integers(1, left))
            left -= span
            label, lines = draw(st.booleans()), draw(st.integers(1, 4))
            row.append(Box(draw(TEXT), span, label, lines, draw(st.sampled_from(["", "签名："]))))
        rows.append(tuple(row))
    return Form(widths, tuple(rows), draw(st.sampled_from([None, "表"])))


@given(forms())
def test_a_form_is_drawn_whole(form):
    drawn = export(Document("表", (form,), style="plain"), ".txt").decode()
    lines = [line for line in drawn.split("\n") if line[:1] in ("+", "|")]
    assert len({cells(line) for line in lines if line.startswith("+")}) <= len(form.rows) + 1
    assert all(line.endswith(("+", "|")) for line in lines)
    for row in form.rows:
        for box in row:
            for char in safe_text(box.text):
                assert char.isspace() or char in drawn


def test_rows_of_a_full_grid_are_all_as_wide():
    form = Form(
        (4, 10, 4, 10),
        (
            (Box("事项编号", label=True), Box("SC-1"), Box("单位", label=True), Box("市住建局")),
            (Box("意见", label=True), Box("同意。" * 40, span=3, lines=3, foot="签名：")),
        ),
    )
    widths = {cells(line) for line in form_lines(form, 80)}
    assert widths == {80}
