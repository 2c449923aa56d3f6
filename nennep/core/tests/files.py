"""Files as people and attackers send them."""

import io
import zipfile
import zlib

import openpyxl
import typst
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 40
JPEG = b"\xff\xd8\xff\xe0" + b"\x00" * 40
BOX = """<w:r {names}><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox>
<w:txbxContent><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"""


def pdf(*pages):
    """A PDF with these texts, a page each."""
    source = "#set page(height: 200pt, width: 400pt)\n" + "\n#pagebreak()\n".join(pages)
    return typst.compile(source.encode())


def word(*paragraphs, header="", footer="", box="", split="", title=""):
    """A Word file; `box` is a text box inside a paragraph, `split` a word in several runs."""
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    if header:
        document.sections[0].header.paragraphs[0].text = header
    if footer:
        document.sections[0].footer.paragraphs[0].text = footer
    if box:
        around = document.add_paragraph("Đảng bộ xã Bình An")
        around._p.append(parse_xml(BOX.format(names=nsdecls("w"), text=box)))
    if split:
        line = document.add_paragraph()
        for letter in split:
            line.add_run(letter)
    document.core_properties.title = title
    return saved(document)


def sheet(*rows, header=""):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    if header:
        book.active.oddHeader.center.text = header
    return saved(book)


def saved(made):
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def with_part(package, name, content):
    """The same package with one more part."""
    out = io.BytesIO(package)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr(name, content)
    return out.getvalue()


def raw_pdf(*objects, catalog=b"<</Type/Catalog/Pages 2 0 R>>"):
    """A PDF written by hand: the objects after the catalog, the second of which is the pages."""
    out, places = b"%PDF-1.5\n", []
    for number, told in enumerate((catalog, *objects), 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + told + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
    tail = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(places) + 1, len(out))
    return out + head + table + tail


def pdf_of_many_pages(count):
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 10 10]>>"
    kids = b" ".join(b"%d 0 R" % number for number in range(3, count + 3))
    return raw_pdf(b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, count), *[page] * count)


def pdf_bomb(size=800_000_000):
    """A few thousand bytes that unfold into gigabytes."""
    squeeze, once = zlib.compressobj(9), b""
    for _ in range(size // 10_000_000):
        once += squeeze.compress(b" " * 10_000_000)
    twice = zlib.compress(once + squeeze.flush(), 9)
    return raw_pdf(
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 10 10]/Contents 4 0 R>>",
        b"<</Length %d/Filter[/FlateDecode/FlateDecode]>>stream\n%s\nendstream"
        % (len(twice), twice),
    )


def locked_pdf():
    """Encrypted with a password nobody has."""
    encrypt = b"<</Filter/Standard/V 1/R 2/P -4/O<" + b"41" * 32 + b">/U<" + b"42" * 32 + b">>>"
    content = raw_pdf(
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 10 10]>>",
        encrypt,
    )
    told = b"/Root 1 0 R/Encrypt 4 0 R/ID[<" + b"43" * 16 + b"><" + b"43" * 16 + b">]"
    return content.replace(b"/Root 1 0 R", told)
