"""Drawings: QR codes, and SVG reduced to what can do nothing."""

import io
import re

NO_DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'
_ELEMENTS = frozenset(
    re.findall(r"\w+", "svg g path rect line circle ellipse polyline polygon text tspan title desc")
)
_ATTRIBUTES = frozenset(
    re.findall(
        r"[\w-]+",
        "viewBox width height x y x1 x2 y1 y2 cx cy r rx ry d points fill stroke stroke-width "
        "stroke-dasharray stroke-linecap stroke-linejoin opacity fill-opacity stroke-opacity "
        "transform font-size font-weight text-anchor dominant-baseline dx dy "
        "preserveAspectRatio class",
    )
)
_SIZE = re.compile(r'width="(\d+)" height="(\d+)"')
_SVG = "{http://www.w3.org/2000/svg}"


def _code(payload: str):  # type: ignore[no-untyped-def]
    import segno  # noqa: PLC0415 -- only papers with a code need it

    return segno.make(payload, error="m", micro=False)


def qr_svg(payload: str) -> str:
    """The code as SVG with a white ground and its quiet zone, without any style of its own."""
    drawn: str = _code(payload).svg_inline(scale=4, border=2, light="#ffffff", omitsize=False)
    return drawn.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)


def scalable(drawing: str) -> str:
    """As large as the page around it makes it: the size of the code becomes its frame."""
    return _SIZE.sub(r'viewBox="0 0 \1 \2"', drawing, count=1)


def qr_png(payload: str) -> bytes:
    content = io.BytesIO()
    _code(payload).save(content, kind="png", scale=8, border=2)
    return content.getvalue()


def safe_svg(content: bytes) -> str:
    """The drawing with known shapes and attributes only; "" for what is no drawing.

    No script, style, link, picture or foreign element is left; nor is a value that calls `url(`.
    Its words are set in the family of the page around it.
    """
    from lxml import etree  # type: ignore[import-untyped] # noqa: PLC0415 -- no stubs; drawings only

    reader = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        drawing = etree.fromstring(content, reader)
    except etree.XMLSyntaxError:
        return ""
    if drawing.tag != f"{_SVG}svg":
        return ""
    for element in list(drawing.iter()):
        if not isinstance(element.tag, str) or element.tag.removeprefix(_SVG) not in _ELEMENTS:
            parent = element.getparent()
            if parent is not None:
                parent.remove(element)
            continue
        for name, value in list(element.attrib.items()):
            if name not in _ATTRIBUTES or re.search(r"url\s*\(|script", value, re.IGNORECASE):
                del element.attrib[name]
    shown: str = etree.tostring(drawing, encoding="unicode")
    return shown
