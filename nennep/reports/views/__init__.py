from nennep.reports.views.contributions import contribute, contributions
from nennep.reports.views.outcomes import outcome, picture, publish_programme
from nennep.reports.views.programme_reviews import (
    ask_contributions,
    begin,
    change,
    choose,
    programme_review,
)
from nennep.reports.views.reviews import (
    publish,
    published,
    published_document,
    published_list,
    review_file,
    review_page,
)

__all__ = [
    "ask_contributions",
    "begin",
    "change",
    "choose",
    "contribute",
    "contributions",
    "outcome",
    "picture",
    "programme_review",
    "publish",
    "publish_programme",
    "published",
    "published_document",
    "published_list",
    "review_file",
    "review_page",
]
