"""What people do with reports."""

import hashlib

from django.db import transaction

from nennep.accounts.models import User
from nennep.core import clock
from nennep.core.trail import record
from nennep.papers.render import render
from nennep.reports.actions.programme_reviews import open_review
from nennep.reports.models import ProgrammeReview, PublishedReview
from nennep.reports.queries.findings import Findings, findings
from nennep.reports.queries.programme_chapters import title_of
from nennep.reports.queries.review import Review
from nennep.reports.queries.review_files import review_json
from nennep.reports.queries.review_paper import review_paper
from nennep.reports.queries.review_words import scheme_of, summary_of


@transaction.atomic
def publish_review(review: Review, *, by: User, found: Findings | None = None) -> PublishedReview:
    """Keep the review as it stands now: figures and Word file. Later facts do not change it."""
    document = render(review_paper(review, found), "docx")
    published = PublishedReview.objects.create(
        unit=review.unit,
        title=title_of(found) if found else summary_of(review, scheme_of(review)),
        stated=review.stated,
        first_day=review.first_day,
        last_day=review.last_day,
        structure=review.structure,
        figures=review_json(review),
        document=document,
        sha256=hashlib.sha256(document).hexdigest(),
        published_by=by,
        published_at=clock.now(),
    )
    record("published a review", published, by=by, sha256=published.sha256)
    return published


@transaction.atomic
def publish_programme_review(review: ProgrammeReview, *, by: User) -> ProgrammeReview:
    """The report as its page shows it now; nothing is asked, said or chosen any more after it.

    Refused where it is published already.
    """
    open_review(review)
    found = findings(review)
    review.published = publish_review(found.review, by=by, found=found)
    review.save(update_fields=["published"])
    return review
