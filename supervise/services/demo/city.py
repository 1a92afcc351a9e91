"""A city that does not exist: its units, enterprises, places and people, for the demo ledger."""

from __future__ import annotations

from typing import NamedTuple

OLD_NAME, NEW_NAME = "市大数据发展局", "市数据局"
HANDLERS = ("经办甲", "经办乙", "经办丙")
REVIEWERS = ("复核丁", "复核戊")
DIRECTOR = "主任己"
LEADER = "市领导庚"


class UnitRow(NamedTuple):
    """A unit of the city as it is registered; `parent` is the county a bureau answers to."""

    name: str
    kind: str
    short: str | None = None
    parent: str | None = None


_DEPARTMENTS = (
    "市发展和改革局", "市教育局", "市科学技术局", "市经济和信息化局", "市公安局", "市财政局",
    "市人力资源和社会保障局", "市自然资源和规划局", "市生态环境局", "市住房和城乡建设局",
    "市交通运输局", "市水利局", "市农业农村局", "市商务局", "市文化和旅游局", "市卫生健康委员会",
    "市应急管理局", "市市场监督管理局", "市城市管理局", "市行政审批局", OLD_NAME,
)  # fmt: skip

UNITS = (
    *(UnitRow(name, "市直部门") for name in _DEPARTMENTS),
    UnitRow("市税务局", "垂管单位"),
    UnitRow("市消防救援支队", "垂管单位"),
    UnitRow("市气象局", "垂管单位"),
    UnitRow("市中级人民法院", "司法机关"),
    UnitRow("市供水集团", "公用企业"),
    UnitRow("市供电公司", "公用企业"),
    UnitRow("市燃气公司", "公用企业"),
    UnitRow("例溪县", "县市区"),
    UnitRow("拟山县", "县市区"),
    UnitRow("设湖县", "县市区"),
    UnitRow("样坪区", "县市区"),
    UnitRow("试湾区", "县市区"),
    UnitRow("示川高新技术产业开发区", "开发区", "高新区"),
    UnitRow("示川经济开发区", "开发区", "经开区"),
    UnitRow("例溪县交通运输局", "市直部门", parent="例溪县"),
    UnitRow("拟山县住房和城乡建设局", "市直部门", "拟山县住建局", "拟山县"),
    UnitRow("拟山县自然资源和规划局", "市直部门", "拟山县自规局", "拟山县"),
    UnitRow("设湖县市场监督管理局", "市直部门", "设湖县市监局", "设湖县"),
    UnitRow("样坪区城市管理局", "市直部门", parent="样坪区"),
    UnitRow("试湾区住房和城乡建设局", "市直部门", "试湾区住建局", "试湾区"),
    UnitRow("要素保障专项工作组", "专项工作组"),
    UnitRow("信用环境专项工作组", "专项工作组"),
)

_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘"
_STEMS = "甲乙丙丁戊己庚辛壬癸"


def head_of(number: int) -> str:
    """Give the invented head of the n-th unit: 赵甲, 钱乙, …."""
    return _SURNAMES[number % len(_SURNAMES)] + _STEMS[number % len(_STEMS)]


def caller(number: int) -> tuple[str, str]:
    """Give an invented complainant and a telephone number that nobody has."""
    name = _SURNAMES[(number * 7 + 3) % len(_SURNAMES)] + _STEMS[number // 3 % len(_STEMS)]
    return f"{name}（虚构）", f"000-{number:08d}"


FIRMS = (
    "示川启禾公司", "示川云织公司", "示川砺石公司", "示川青豆公司", "示川一苇公司", "示川澄光公司",
    "示川木犀公司", "示川百汇公司", "示川远棹公司", "示川清源公司", "示川稻香公司", "示川明镜公司",
    "示川和畅公司", "示川星槎公司", "示川铸辰公司", "示川乐芽公司", "示川大椿公司", "示川石泉公司",
    "示川飞鸢公司", "示川合木公司", "示川小满公司", "示川新桐公司", "示川长风公司", "示川知微公司",
    "示川拾光公司", "示川半山公司", "示川春笺公司", "示川万象公司", "示川听涛公司", "示川向野公司",
    "示川白露公司", "示川云帆公司",
)  # fmt: skip

PLACES = (
    "东示工业园", "西例产业园", "南拟大道", "北设街道", "样坪老街", "试湾港区", "例溪物流园",
    "拟山开发区", "设湖新城", "高新区创业园", "经开区二期", "示川火车站片区",
)  # fmt: skip
