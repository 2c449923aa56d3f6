"""Recommending, answering, settling."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nennep.quality.models import Recommendation
from nennep.ui.form_fields import day_field

LINES = forms.Textarea(attrs={"rows": 3})


class RecommendForm(forms.Form):
    """One recommendation; without a day, that of the rule in force."""

    what = forms.CharField(label=_("Recommendation"), max_length=500, widget=LINES)
    due_on = day_field(_("Answer due"), required=False)

    def __init__(self, data: Any = None, *, due_on: date | None) -> None:
        super().__init__(data, initial={"due_on": due_on})


class AnswerForm(forms.Form):
    text = forms.CharField(
        label=_("Answer"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What the cell has done or will do, and by when. The superior reads it."),
    )

    def __init__(self, data: Any = None, *, recommendation: Recommendation) -> None:
        super().__init__(data, initial={"text": recommendation.answer})


class SettleForm(forms.Form):
    remark = forms.CharField(label=_("Remark"), max_length=300, required=False)


class WithdrawForm(forms.Form):
    remark = forms.CharField(label=_("Reason"), max_length=300)
