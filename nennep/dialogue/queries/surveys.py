"""Whom a survey asks, whom it still waits for, and what may be shown of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from nennep.accounts.choices import Role
from nennep.accounts.models import Grant
from nennep.core import clock
from nennep.core.fields import below
from nennep.core.person import Person
from nennep.core.scoping import HasPath
from nennep.core.text import vn_date
from nennep.dialogue.choices import Can
from nennep.dialogue.models import Survey, SurveyInvitation
from nennep.dialogue.rules import DialogueRules
from nennep.dialogue.rules.surveys import Question
from nennep.meetings.queries.additions import Hint
from nennep.organisation.choices import CELL_KINDS
from nennep.organisation.models import Unit
from nennep.regulations.queries import RuleBook


def secretaries_below(unit: HasPath) -> list[int]:
    """Accounts with the role of a secretary of a living cell below the unit, by their ids."""
    grants = Grant.objects.valid().filter(
        below("unit__path", unit.path),
        role=Role.SECRETARY,
        unit__kind__in=sorted(CELL_KINDS),
        unit__ended_on__isnull=True,
    )
    return list(grants.order_by("user_id").values_list("user_id", flat=True).distinct())


def asking(person: Person) -> list[Survey]:
    """Open surveys that wait for this person."""
    today = clock.today()
    waiting = _invitations(person).values("survey")
    rows = Survey.objects.filter(pk__in=waiting, opens_on__lte=today, closes_on__gte=today)
    return list(rows.select_related("unit").order_by("closes_on", "pk"))


def _invitations(person: Person) -> QuerySet[SurveyInvitation]:
    rows = SurveyInvitation.objects.all()
    return rows.filter(user_id=person.pk) if person.pk else rows.none()


def waits_for(survey: Survey, person: Person) -> bool:
    return _invitations(person).filter(survey=survey).exists()


def surveys_above(person: Person) -> list[int]:
    """The units whose surveys may ask this person: those above the cells of which they are secretary."""
    paths = [reach.path for reach in person.reaches(Can.ANSWER_SURVEYS) if reach.only is None]
    cells = Unit.objects.filter(path__in=paths)
    return [unit_id for cell in cells for unit_id in [*cell.ancestor_ids, cell.pk]]


def shown_from(unit: Unit) -> int | None:
    """From how many answers up results are shown; None where no rule says it."""
    rules = RuleBook.load().in_force(DialogueRules, unit.path, clock.today())
    return rules.values.survey_least_answers


@dataclass(frozen=True)
class QuestionResult:
    question: Question
    counts: Sequence[tuple[str, int]]
    words: Sequence[str]


@dataclass(frozen=True)
class Results:
    """`questions` is empty while nothing may be shown."""

    sheets: int
    least: int | None
    questions: Sequence[QuestionResult]


def results_of(survey: Survey) -> Results:
    """Once it is over and enough have answered; before, two looks would tell one answer apart."""
    least, tally = shown_from(survey.unit), survey.tally
    if least is None or tally.sheets < least or not survey.is_over:
        return Results(tally.sheets, least, ())
    return Results(
        tally.sheets,
        least,
        [
            QuestionResult(question, list(zip(question.options, counts, strict=True)), words)
            for question, counts, words in zip(survey.asked, tally.chosen, tally.words, strict=True)
        ],
    )


def alerts(cell: Unit, person: Person) -> Iterator[Hint]:
    """On the first page of the cell: surveys that wait for whoever looks at it."""
    if cell.path not in {reach.path for reach in person.reaches(Can.ANSWER_SURVEYS)}:
        return
    for survey in asking(person):
        yield Hint(
            _("A short survey asks you until %(day)s, without your name: %(title)s")
            % {"day": vn_date(survey.closes_on), "title": survey.title},
            reverse("dialogue:answer-survey", args=[survey.public_id]),
        )
