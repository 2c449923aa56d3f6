"""What people do with reviews."""

from nennep.reports.actions.contributions import ask_for, choose, contribute
from nennep.reports.actions.programme_reviews import Terms, begin_review, change_review
from nennep.reports.actions.publishing import publish_programme_review, publish_review

__all__ = [
    "Terms",
    "ask_for",
    "begin_review",
    "change_review",
    "choose",
    "contribute",
    "publish_programme_review",
    "publish_review",
]
