"""Papers stored under the first layout are drawn for ever as they were: the same bytes."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest

from supervise.reports.document import from_json, to_json
from supervise.reports.export import export

_TABLE = {
    "type": "table",
    "columns": [
        {"title": "单位", "align": "left", "width": 20},
        {"title": "件数", "align": "right", "width": None},
    ],
    "rows": [["市住建局\n（牵头）", 2], ["拟山县<县>", 11]],
    "caption": None,
    "note": "按机构序列排列",
}
_BLOCKS = [
    {"type": "heading", "level": 1, "text": "总体情况"},
    {"type": "paragraph", "text": "截至月末，共有3件。\n依据：【待填:依据文件及文号】"},
    {"type": "heading", "level": 2, "text": "被通报单位"},
    _TABLE,
    {"type": "fields", "items": [["单位", "市住建局"], ["情形", "逾期未报\n2件"]]},
]
_NOTICE = {
    "title": "关于2024年1月全市优化营商环境工作未按要求完成工作任务单位的调度通报",
    "blocks": _BLOCKS,
    "head": "示川市优化营商环境工作领导小组办公室文件",
    "number": "示优通〔2024〕3号",
    "addressees": "各县市区人民政府，市直有关单位",
    "attachments": [
        {"title": "被通报市直单位", "blocks": [_TABLE]},
        {"title": "被通报县市区", "blocks": [{**_TABLE, "caption": "县市区"}]},
    ],
    "signature": "示川市优化营商环境办公室",
    "date": "2024年2月4日",
    "notes": ["联系人：某某"],
    "footer": ["抄送：市委办公室。", "示川市优化营商环境办公室　2024年2月4日印发"],
    "marks": ["演示数据"],
    "stamp": [["截止", "2024年1月31日"], ["台账校验码", "291:3eb009db6024e9d4"]],
    "internal": False,
    "layout": 1,
}
_BASIS = {
    **_NOTICE,
    **{"head": None, "number": None, "addressees": None, "attachments": [], "date": None},
    "internal": True,
    "title": "2024年1月点名依据表",
}
# Lines that break beside brackets, closing marks, codes and figures; tables wider than the page.
_LONG = "（见《通知》〔2024〕3号，涉及SC-2024-0143等12.5%的事项，【待填:依据】）"
_LINES = {
    **_NOTICE,
    "blocks": [
        *({"type": "paragraph", "text": "甲" * n + _LONG * 4} for n in range(0, 12, 3)),
        {
            **_TABLE,
            "columns": [*_TABLE["columns"], {"title": "情形", "align": "center", "width": 30}],
            "rows": [[_LONG * 2, n, "乙" * n + _LONG * 3] for n in range(1, 9, 2)],
        },
        {"type": "fields", "items": [["依据", _LONG * 3]]},
    ],
}
_PAPERS = {"notice": _NOTICE, "basis": _BASIS, "lines": _LINES}

# SHA-256 of what the program that wrote the first layout made of them.
_DRAWN: dict[tuple[str, str], str] = {
    ("notice", ".txt"): "e82b1b62ada6423c03e75811d5be0cf7306702dce0d9d3a9478177b23a19e582",
    ("notice", ".md"): "43407d56f3b4bb51c8d34a9de979ee771b0bb52d66e88e77ba7ce10f8d364c98",
    ("notice", ".html"): "d97f4c68824df6ae73ade1a871dd3e6dd017c92240c3a786c13537dc2e58ced5",
    ("notice", ".svg"): "a757e3d10f0d3b423b9a3f1ef2a680fc6f25c964d2f741dd8c3d3536246a7d74",
    ("notice", ".csv"): "0e7481ff9cf06ded452f22255b64f04258f60a4c33d701fe3d3032cfb1224394",
    ("notice", ".xlsx"): "61e79a52d0c54e652f88ae38db5d72344c5e0ede29635168014b7be4981ee973",
    ("basis", ".txt"): "c768921d2321562036d66a02a39dae900071d138b537b87ac1690ed4a782df55",
    ("basis", ".md"): "5cbf8d5dc23956121738f9c4b5b635faed95ab76ee8b5a81d47454d7538723b2",
    ("basis", ".html"): "84b3ca3a4ea2ef5f5895af3151695a443290fc6c60dda193568de44ba2d036d1",
    ("basis", ".svg"): "7782bf4673256f0c2d8e9a5198a90837ea201bc3cd0e098a7f0e7382a297563a",
    ("basis", ".csv"): "bbc63a999153737d1911b4aacf6885177705a24d10f682b75c9fe1c17005798e",
    ("basis", ".xlsx"): "3321d304a1f13b822cd722e2b86a32e2c50119b9ef71ac4aa0ff79f150d706f3",
    ("lines", ".txt"): "a7cde5410ebf5f543486bf1e0cf1560aaabdf473f20bf7107fc79f7150736120",
    ("lines", ".md"): "245571e7c972b6720973da71158aea36721c1da69c3f96d78b1ca3a69762763b",
    ("lines", ".html"): "64d81973057deaa8dfc3f1da46188977829ad91d05a8026e5563140315c8896c",
    ("lines", ".svg"): "2a88d1be46815d10e94823ba0cce28ec00e916565074e88d6b7125dda079549c",
    ("lines", ".csv"): "e3c562eae830c706cfd21f46a66685b056de91bb100f474ca1b33ca57a4bbf74",
    ("lines", ".xlsx"): "7c1a1e22c475879d0fa6c2cc67c98759d7f8e56ba3c95aca35b726d47dc66db2",
}


@pytest.mark.parametrize(("paper", "ending"), _DRAWN)
def test_papers_of_the_first_layout_keep_their_bytes(paper: str, ending: str) -> None:
    drawn = export(from_json(_PAPERS[paper]), ending)
    assert hashlib.sha256(drawn).hexdigest() == _DRAWN[paper, ending]


@pytest.mark.parametrize("paper", _PAPERS)
def test_trees_of_the_first_layout_are_given_out_as_stored(paper: str) -> None:
    stored: dict[str, Any] = _PAPERS[paper]
    document = from_json(stored)
    assert json.dumps(to_json(document)) == json.dumps(stored)
    assert from_json(to_json(document)) == document
