"""What comes out of the review of a programme, each in the forms it is used in."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from nennep.papers.paper import Paper
from nennep.papers.pdf import png_of_svg
from nennep.papers.render import render
from nennep.reports.choices import Outcome
from nennep.reports.models import ProgrammeReview
from nennep.reports.queries.findings import Findings
from nennep.reports.queries.news import news_of, news_paper
from nennep.reports.queries.programme_sheets import programme_workbook
from nennep.reports.queries.review_charts import chart, charts_of
from nennep.reports.queries.review_paper import review_paper
from nennep.reports.queries.summary_paper import summary_paper


def _report(found: Findings) -> Paper:
    return review_paper(found.review, found)


PAPERS: dict[str, Callable[[Findings], Paper]] = {
    Outcome.REPORT: _report,
    Outcome.SUMMARY: summary_paper,
    Outcome.NEWS: news_paper,
}
PICTURES = ("svg", "png")


def written(found: Findings, name: str, form: str) -> bytes:
    if form == "xlsx":
        return programme_workbook(found)
    if form == "txt":
        return news_of(found).text.encode()
    return render(PAPERS[name](found), "pdf" if form == "pdf" else "docx")


def drawn(found: Findings, name: str, form: str) -> bytes:
    """A picture for slides, as a drawing or in dots."""
    drawing = chart(found, name)
    return drawing.encode() if form == "svg" else png_of_svg(drawing)


def everything(found: Findings) -> Iterator[tuple[str, bytes]]:
    """The name and the content of each file: papers and tables first, then the pictures there are."""
    for kind in Outcome:
        for form in kind.forms:
            yield f"{stem(kind.value, found.of)}.{form}", written(found, kind.value, form)
    for name, _title in charts_of(found):
        for form in PICTURES:
            yield f"{stem(name, found.of)}.{form}", drawn(found, name, form)


def stem(name: str, review: ProgrammeReview) -> str:
    return f"{name}-{review.unit.code.lower()}-{review.last_day:%Y-%m}"
