"""Commands that show and print what a month brings: notices, papers, explanations, interviews."""

from __future__ import annotations

from supervise.cli.commands.shape import FORCE, PERIOD, SERIES, TO, reading
from supervise.services.registry import Field

TABLE = (
    reading("notice.list", "列表", "列出各月通报", run="notices:list_"),
    reading(
        "notice.show",
        "详情",
        "显示某月通报的对象和依据",
        PERIOD,
        SERIES,
        Field("checks", "签发前检查", "flag", help="并列出签发前的各项检查"),
        run="notices:show",
    ),
    reading(
        "notice.export",
        "导出",
        "导出某月通报",
        PERIOD,
        TO,
        SERIES,
        Field("basis", "依据表", "flag", help="导出认定依据表，而不是通报正文"),
        FORCE,
        run="notices:export",
    ),
    reading("paper.list", "列表", "列出能出具的各种文书，每种写明对象", run="papers:list_"),
    reading(
        "paper.export",
        "出具",
        "出具文书：写到一个文件，或每份一个文件写到文件夹",
        Field("kind", "文书", required=True, subject=True, help="名称或英文名，见 paper list"),
        Field("subjects", "对象", "texts", subject=True, help="月份、事项编号或约谈，看是哪种文书"),
        Field(
            "to",
            "目标文件",
            "target",
            required=True,
            help="文件（几份合在一起，每份另起一页）或文件夹（每份一个文件）；“-” 直接显示",
        ),
        Field("unit", "单位", "unit", help="只出这个单位的；事项类文书出它名下各件"),
        Field(
            "format",
            "格式",
            choices=("docx", "pdf", "txt", "md", "html"),
            help="写到文件夹时的格式，默认 docx",
        ),
        FORCE,
        run="papers:export",
    ),
    reading("explanation.list", "列表", "列出应交和已交的书面说明", run="ladder:explanations"),
    reading("interview.list", "列表", "列出拟提请和已提请的约谈", run="ladder:interviews"),
    reading(
        "interview.show",
        "详情",
        "显示一次约谈",
        Field("id", "约谈", required=True, subject=True, help="约谈编号或单位"),
        run="ladder:interview",
    ),
    reading(
        "interview.export",
        "导出",
        "导出约谈的提请材料",
        Field("id", "约谈", required=True, subject=True, help="约谈编号或单位"),
        TO,
        FORCE,
        run="ladder:export",
    ),
    reading("referral.list", "列表", "列出可移送纪检监察机关的情形", run="ladder:referrals"),
    reading("clearance.list", "列表", "列出公开前的保密审查记录", run="ladder:clearances"),
)
