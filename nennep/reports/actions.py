"""What people do with reports."""

import hashlib

from django.db import transaction

from nennep.accounts.models import User
from nennep.core import clock
from nennep.core.trail import record
from nennep.papers.render import render
from nennep.reports.models import PublishedReview
from nennep.reports.queries.review import Review
from nennep.reports.queries.review_files import review_json
from nennep.reports.queries.review_paper import review_paper
from nennep.reports.queries.review_words import scheme_of, summary_of


@transaction.atomic
def publish_review(review: Review, *, by: User) -> PublishedReview:
    """Keep the review as it stands now: figures and Word file. Later facts do not change it."""
    document = render(review_paper(review), "docx")
    published = PublishedReview.objects.create(
        unit=review.unit,
        title=summary_of(review, scheme_of(review)),
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
