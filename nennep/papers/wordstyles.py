"""The styles of a Word document: one for each component that the format profile names."""

from xml.sax.saxutils import escape

from nennep.papers.paper import Align
from nennep.papers.profiles import FormatProfile, Lettering
from nennep.papers.wordml import SPACES, Setting, twips

NOTE_SMALLER = 2  # points by which a footnote is smaller than a remark
_CENTRED = Setting(align=Align.CENTER, before=0, after=0, line=18)
_SMALL = Setting(align=Align.CENTER, before=0, after=0, line=15)
_SETTINGS = {
    "kind_title": Setting(
        align=Align.CENTER, before=18, after=4, line=22, keeps_with_next=True, first_line=0
    ),
    "summary": Setting(align=Align.CENTER, before=0, after=0, line=19, keeps_with_next=True),
    "letter_summary": _SMALL,
    "hint": _SMALL,
    "addressee": Setting(align=Align.CENTER, before=14, after=14),
    "recipients_title": Setting(align=Align.LEFT, before=0, after=0, line=18),
    "recipients": Setting(align=Align.LEFT, before=0, after=0, line=15),
    "table": Setting(before=0, after=0),
    "note": Setting(before=0, after=6),
    "page_number": Setting(align=Align.CENTER, before=0, after=0),
    "footer": Setting(align=Align.CENTER, before=0, after=0),
}
# Word's own names, so that its navigation pane and other programs know what these are.
_KNOWN = {
    "kind_title": ("Title", "Title"),
    "summary": ("Subtitle", "Subtitle"),
    "page_number": ("Header", "header"),
    "footer": ("Footer", "footer"),
    "body": ("BodyText", "Body Text"),
    **{f"heading_{level}": (f"Heading{level}", f"heading {level}") for level in (1, 2, 3, 4)},
}


def style_id(component: str) -> str:
    """The style's id: "BodyText" for the body, "PlaceAndDate" for place and date."""
    known = _KNOWN.get(component)
    return known[0] if known else component.title().replace("_", "")


def _fonts(font: str) -> str:
    name = escape(font)
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}" w:eastAsia="{name}" w:cs="{name}"/>'


def _run_style(lettering: Lettering, font: str) -> str:
    half_points = round(lettering.size * 2)
    return (
        _fonts(font)
        + f'<w:b w:val="{int(lettering.bold)}"/><w:i w:val="{int(lettering.italic)}"/>'
        + '<w:color w:val="000000"/>'
        + f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'
        + '<w:u w:val="single"/>' * lettering.underline
    )


def _body_setting(profile: FormatProfile, *, keeps_with_next: bool = False) -> Setting:
    return Setting(
        align=Align.LEFT if keeps_with_next else Align.JUSTIFY,
        before=0,
        after=profile.text.paragraph_spacing,
        line=profile.text.line_spacing,
        first_line=twips(profile.text.first_line) / 20,
        keeps_with_next=keeps_with_next,
    )


def _style(component: str, profile: FormatProfile) -> str:
    setting, level = _SETTINGS.get(component, _CENTRED).xml, ""
    if component == "body":
        setting = _body_setting(profile).xml
    elif component.startswith("heading_"):
        setting = _body_setting(profile, keeps_with_next=True).xml
        level = f'<w:outlineLvl w:val="{int(component[-1]) - 1}"/>'
    known = _KNOWN.get(component)
    name = known[1] if known else component.replace("_", " ").capitalize()
    own = "" if known else 'w:customStyle="1" '
    return (
        f'<w:style w:type="paragraph" {own}w:styleId="{style_id(component)}">'
        f'<w:name w:val="{name}"/><w:basedOn w:val="Normal"/><w:qFormat/>'
        f"<w:pPr>{setting}{level}</w:pPr>"
        f"<w:rPr>{_run_style(profile.lettering[component], profile.text.font)}</w:rPr></w:style>"
    )


def styles_xml(profile: FormatProfile, language: str) -> str:
    """The whole list of styles: nothing of Word's own fonts and colours is left in it."""
    tongue = "vi-VN" if language == "vi" else escape(language)
    body = profile.lettering["body"]
    default = (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{_run_style(body, profile.text.font)}"
        f'<w:lang w:val="{tongue}" w:eastAsia="{tongue}" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault/></w:docDefaults>"
    )
    ground = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
        f"<w:qFormat/><w:rPr>{_run_style(body, profile.text.font)}</w:rPr></w:style>"
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal">'
        '<w:name w:val="Normal Table"/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/></w:tblPr>'
        "</w:style>"
    )
    styles = "".join(_style(component, profile) for component in profile.lettering)
    return f"<w:styles {SPACES}>{default}{ground}{styles}{_footnote_styles(profile)}</w:styles>"


def _footnote_styles(profile: FormatProfile) -> str:
    """Two points smaller than a remark, upright, as Word itself calls them."""
    half_points = round((profile.lettering["note"].size - NOTE_SMALLER) * 2)
    setting = Setting(align=Align.JUSTIFY, before=0, after=1)
    return (
        '<w:style w:type="paragraph" w:styleId="FootnoteText"><w:name w:val="footnote text"/>'
        f'<w:basedOn w:val="Normal"/><w:pPr>{setting.xml}</w:pPr>'
        f'<w:rPr><w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="FootnoteReference">'
        '<w:name w:val="footnote reference"/><w:basedOn w:val="DefaultParagraphFont"/>'
        '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
    )


def settings_xml(*, is_two_sided: bool) -> str:
    return (
        f'<w:settings {SPACES}><w:zoom w:percent="100"/>'
        + "<w:mirrorMargins/>" * is_two_sided
        + '<w:defaultTabStop w:val="567"/><w:characterSpacingControl w:val="doNotCompress"/>'
        '<w:compat><w:compatSetting w:name="compatibilityMode" '
        'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>'
    )
