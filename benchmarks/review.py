"""The review of a district as a Word file, worked out and written in this process."""

from statistics import median

from benchmarks.printing import say
from benchmarks.timing import THREE_YEARS, seconds
from nennep.organisation.models import Unit
from nennep.papers.docx import docx
from nennep.reports.queries.review import review
from nennep.reports.queries.review_paper import review_paper


def measure(database: str) -> None:
    district = Unit.objects.get(code="SOCSON")
    taken = [seconds(lambda: docx(review_paper(review(district, THREE_YEARS)))) for _ in range(5)]
    say("review of a district as DOCX", median(taken), "s", 2, database)
