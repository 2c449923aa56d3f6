from nennep.reports.forms.programme_reviews import (
    AskForm,
    ChooseForm,
    ContributionForm,
    TermsForm,
)
from nennep.reports.forms.reviews import NAMES, ReviewForm

__all__ = ["NAMES", "AskForm", "ChooseForm", "ContributionForm", "ReviewForm", "TermsForm"]
