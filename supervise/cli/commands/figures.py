"""Commands that reckon: due dates, foresight, rates, accounts, the soundness of the log."""

from __future__ import annotations

from supervise.cli.commands.shape import reading
from supervise.domain.records import UNIT_KINDS
from supervise.services.registry import Field

TABLE = (
    reading(
        "due",
        "推算期限",
        "推算到期日，逐日说明理由",
        Field("start", "起算日", "date", required=True, subject=True, help="起算日，次日起算"),
        Field("term", "期限", required=True, subject=True, help="3d 天、15wd 工作日、2w 周、3m 月"),
        run="rules:due",
    ),
    reading(
        "warn",
        "到期提醒",
        "情况不变的话，截止日将点名哪些单位、谁会达到约谈条件、由哪些事项决定",
        Field("on", "截止日", "date", help="按这一天为截止日，默认本月拟稿的截止日或月末"),
        run="foresight:warn",
    ),
    reading(
        "why",
        "为什么",
        "一行结论的来历：规则和条款、逐日限期、办理记录、佐证",
        Field("subject", "对象", required=True, subject=True, help="事项编号、约谈编号或单位"),
        Field("period", "月份", "month", help="某单位在这个月的通报里为什么被点名"),
        run="foresight:why",
    ),
    reading(
        "simulate",
        "内部测算",
        "换一套规则，过去几个月会点名谁、谁会达到约谈条件，与实际对照",
        Field("pack", "规则包", required=True, help="规则包名称或 .toml 文件"),
        Field("from_", "起始月份", "month", required=True, help="从这个月起，如 2024-01"),
        Field("to", "截止月份", "month", required=True, help="到这个月止，如 2024-11"),
        run="foresight:simulate",
    ),
    reading(
        "rates",
        "比率",
        "各项比率：分子、分母、截止日、目标、是否达标和口径",
        Field("period", "月份", "month", help="按某月，已印发通报的照通报；默认截至今天"),
        Field("from_", "起始月份", "month", help="只算从这个月起交办的事项"),
        Field("to", "截止月份", "month", help="算到这个月末，与 --from 同用"),
        Field("unit", "单位", "units", help="只算这些单位的；县市区含其部门"),
        Field("kind", "单位类别", choices=UNIT_KINDS, help="只算这一类单位的"),
        run="figures:rates",
    ),
    reading(
        "balance",
        "结账",
        "月度或季度结账：期初、新增、转入转出、销号、其他办结、期末",
        Field("period", "月份", "month", help="按某月，默认本月"),
        Field("quarter", "季度", help="按某季度，如 2024Q4"),
        Field("unit", "单位", "units", help="只看这些单位的"),
        run="figures:balance",
    ),
    reading(
        "burden",
        "基层负担",
        "某月向各单位要过几次材料，分类、标出重复、排名",
        Field("period", "月份", "month", help="按某月，默认本月"),
        run="figures:burden",
    ),
    reading(
        "stats",
        "统计",
        "台账总体情况和各项比率",
        Field("period", "月份", "month", help="按某月统计，如 2024-11"),
        run="ledger:stats",
    ),
    reading(
        "verify",
        "核验",
        "核验台账的事件链和数据是否完好",
        Field("head", "校验码", help="纸面或备份文件名上的校验码，如 123:ab12…"),
        run="ledger:verify",
    ),
)
