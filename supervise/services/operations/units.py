"""Units: the operations."""

from __future__ import annotations

from supervise.services.operations.shape import ITS_UNIT, KINDS, UNIT_ID, Field, op

TABLE = (
    op(
        "unit.add",
        "新增单位",
        "登记一个责任单位",
        Field("unit", "单位", required=True, subject=True, help="单位名称"),
        UNIT_ID,
        Field("kind", "单位类别", choices=KINDS, help="单位类别，默认市直部门"),
        Field("head", "主要负责人"),
        Field("parent", "所属县市区", "unit", help="县市区的部门填所属县市区，点名时按县市区计"),
        Field("short", "简称"),
        Field("order", "机构序列", "int", help="在机构序列中的次序"),
        run="units:add",
    ),
    op(
        "unit.rename",
        "单位更名",
        "单位更名：连续被通报的月份不因更名中断",
        ITS_UNIT,
        UNIT_ID,
        Field("name", "新名称", required=True, help="新名称"),
        run="units:rename",
    ),
    op(
        "unit.correct",
        "更正单位",
        "更正单位的类别、负责人、所属、简称、次序或代码",
        ITS_UNIT,
        UNIT_ID,
        Field("kind", "单位类别", choices=KINDS),
        Field("head", "主要负责人", help="换了负责人的，日期写到任日"),
        Field("parent", "所属县市区", "unit"),
        Field("short", "简称"),
        Field("order", "机构序列", "int"),
        Field("code", "新代码", help="登记或更正单位自己的代码"),
        run="units:correct",
    ),
    op(
        "unit.alias",
        "单位别名",
        "登记同一单位的另一种写法",
        ITS_UNIT,
        UNIT_ID,
        Field("alias", "别名", required=True, help="另一种写法，或另一条记录的名称"),
        run="units:alias",
    ),
    op(
        "unit.merge",
        "单位合并",
        "机构改革：未办结事项移交，被通报的月份不自动承继",
        ITS_UNIT,
        UNIT_ID,
        Field("into", "并入单位", "unit", required=True, help="承接的单位"),
        run="units:merge",
    ),
)
