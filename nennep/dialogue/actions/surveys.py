"""A survey is opened to the secretaries of the cells below; a sheet is added up and forgotten."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from nennep.accounts.models import User
from nennep.core import clock, trail
from nennep.core.refusal import Refusal
from nennep.core.secret_guard import refuse_secret
from nennep.core.text import nfc, tidy
from nennep.core.typed_questions import typed_questions
from nennep.dialogue.models import Survey, SurveyInvitation
from nennep.dialogue.queries.surveys import secretaries_below
from nennep.dialogue.rules.surveys import (
    INVITED_AT_MOST_FOR_WORDS,
    QUESTIONS_AT_MOST,
    WORDS_AT_MOST,
    Question,
    empty,
    questions_in,
    with_sheet,
)
from nennep.organisation.models import Unit


@dataclass(frozen=True, slots=True)
class NewSurvey:
    """`questions` as they are typed: blocks parted by empty lines, “-” before each option."""

    title: str
    questions: str
    opens_on: date
    closes_on: date


@transaction.atomic
def open_survey(unit: Unit, *, survey: NewSurvey, by: User) -> Survey:
    """Asked are those who hold the role of a cell secretary below the unit today, each once."""
    title, text = tidy(survey.title), nfc(survey.questions)
    refuse_secret(title, text)
    if not title:
        raise Refusal(_("Write the title."), code="title_missing", field="title")
    _refuse_days(survey)
    questions = questions_typed(text)
    users = secretaries_below(unit)
    _refuse_few_or_many(users, questions)
    nothing = empty(questions)
    made = Survey.objects.create(
        unit=unit,
        title=title,
        questions=[question.as_json() for question in questions],
        opens_on=survey.opens_on,
        closes_on=survey.closes_on,
        made_by=by,
        invited=len(users),
        chosen=nothing.chosen,
        words=nothing.words,
    )
    SurveyInvitation.objects.bulk_create(
        SurveyInvitation(survey=made, user_id=user_id) for user_id in users
    )
    trail.record("survey opened", made, by=by, title=title, count=len(users))
    return made


def _refuse_days(survey: NewSurvey) -> None:
    if survey.closes_on < survey.opens_on:
        raise Refusal(
            _("The last day lies before the first. Swap the two days."),
            code="closes_before_it_opens",
            field="closes_on",
        )
    if survey.closes_on < clock.today():
        raise Refusal(
            _("The last day is over. Choose one to come."), code="over_already", field="closes_on"
        )


def questions_typed(text: str) -> list[Question]:
    return typed_questions(
        text, questions_in, most=QUESTIONS_AT_MOST,
        not_whole=_(
            "Question %(number)s is not whole: write it on one line, then two to eight options,"
            " each begun with “-”, or none to be answered in free words."
        ),
    )  # fmt: skip


def _refuse_few_or_many(users: Sequence[int], questions: Sequence[Question]) -> None:
    if not users:
        raise Refusal(
            _("No secretary of a cell below has an account here, so there is nobody to ask."),
            code="nobody_to_ask",
        )
    has_words = any(not question.options for question in questions)
    if has_words and len(users) > INVITED_AT_MOST_FOR_WORDS:
        raise Refusal(
            _("%(count)s secretaries are too many for free words. Give each question its options.")
            % {"count": len(users)},
            code="too_many_for_words",
            field="questions",
        )


@transaction.atomic
def hand_in_sheet(survey: Survey, *, sheet: Sequence[int | str | None], by: User) -> None:
    """Adds a sheet to the sums and takes away the invitation, and keeps nothing of who or when.

    There is no line of the trail: it would say who answered at the moment the sums changed. Refused:
    while the survey is not open, without an invitation (answered already, or never asked).
    """
    fresh = Survey.objects.select_for_update().get(pk=survey.pk)
    if not fresh.is_open:
        raise Refusal(_("This survey is not open."), code="not_open")
    said = [tidy(each) if isinstance(each, str) else each for each in sheet]
    words = [each for each in said if isinstance(each, str)]
    refuse_secret(*words)
    if any(len(each) > WORDS_AT_MOST for each in words):
        raise Refusal(
            _("Shorten it to %(count)s characters.") % {"count": WORDS_AT_MOST}, code="too_long"
        )
    if not any(each is not None and each != "" for each in said):
        raise Refusal(_("Answer one question at least."), code="empty_sheet")
    gone, _by_model = SurveyInvitation.objects.filter(survey=fresh, user=by).delete()
    if not gone:
        raise Refusal(
            _("You have answered already, or this survey does not ask you."), code="not_asked"
        )
    tally = with_sheet(fresh.tally, said)
    fresh.sheets, fresh.chosen, fresh.words = tally.sheets, tally.chosen, tally.words
    fresh.save(update_fields=["sheets", "chosen", "words"])
