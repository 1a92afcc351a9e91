"""The styles, settings and font names of a .docx paper."""

from __future__ import annotations

import math
from xml.sax.saxutils import quoteattr

from supervise.reports.docx_xml import ROOT, Ink, run_properties, twips
from supervise.reports.profile import Profile

# What a program may use where an office's fonts are missing: Windows' own names for them.
_STAND_INS = {
    "仿宋_GB2312": "仿宋",
    "楷体_GB2312": "楷体",
    "方正小标宋简体": "宋体",
    "黑体": "SimHei",
    "宋体": "SimSun",
}


def styles_xml(profile: Profile) -> str:
    """Write the styles: Normal carries the grid, the others what heads and titles change."""
    settings = profile.settings
    # Rounded down: one twip more and the last character of a line falls to the next.
    spacing = math.floor(profile.tracking * 20)
    normal = Ink(settings.body_font, settings.latin_font, settings.body_size, spacing=spacing)
    title = Ink(settings.title_font, size=settings.title_size, spacing=0)
    headings = (
        settings.heading_font,
        settings.subheading_font,
        settings.body_font,
        settings.body_font,
    )
    drawn = [
        _style("GwTitle", "公文标题", title, 1),
        *(
            _style(f"Heading{n}", f"heading {n}", Ink(font), n + 1, f'<w:outlineLvl w:val="{n}"/>')
            for n, font in enumerate(headings, 1)
        ),
    ]
    return (
        f"<w:styles {ROOT}><w:docDefaults><w:rPrDefault><w:rPr>"
        '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault/></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal">'
        '<w:name w:val="Normal"/><w:qFormat/>'
        '<w:pPr><w:widowControl w:val="0"/><w:wordWrap w:val="0"/>'
        '<w:overflowPunct w:val="0"/>'
        '<w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>'
        f'<w:spacing w:before="0" w:after="0" w:line="{twips(profile.pitch)}"'
        ' w:lineRule="exact"/><w:jc w:val="both"/></w:pPr>'
        f"{run_properties(normal)}</w:style>"
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal">'
        '<w:name w:val="Normal Table"/><w:uiPriority w:val="99"/></w:style>'
        f"{''.join(drawn)}</w:styles>"
    )


def _style(key: str, name: str, ink: Ink, order: int, extra: str = "") -> str:
    return (
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val={quoteattr(name)}/>'
        f'<w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:uiPriority w:val="{order}"/>'
        f"<w:qFormat/><w:pPr>{extra}</w:pPr>{run_properties(ink)}</w:style>"
    )


def settings_xml() -> str:
    """Write the settings: odd and even pages differ, punctuation keeps its full width."""
    return (
        f"<w:settings {ROOT}>"
        '<w:zoom w:percent="100"/><w:evenAndOddHeaders/>'
        '<w:characterSpacingControl w:val="doNotCompress"/>'
        '<w:compat><w:compatSetting w:name="compatibilityMode"'
        ' w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
        '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
    )


def font_table(profile: Profile) -> str:
    """Write the names of the fonts and of what may stand in for them; none is embedded."""
    settings = profile.settings
    names = dict.fromkeys(
        (
            settings.body_font,
            settings.heading_font,
            settings.subheading_font,
            settings.title_font,
            settings.page_number_font,
        )
    )
    drawn = ""
    for name in names:
        other = _STAND_INS.get(name)
        alternative = f"<w:altName w:val={quoteattr(other)}/>" if other else ""
        drawn += f'<w:font w:name={quoteattr(name)}>{alternative}<w:charset w:val="86"/></w:font>'
    return f"<w:fonts {ROOT}>{drawn}</w:fonts>"
