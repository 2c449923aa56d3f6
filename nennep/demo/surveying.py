"""Two short surveys among the secretaries of one commune: one that is over, one that still asks."""

from collections.abc import Sequence
from datetime import date

from nennep.accounts.choices import Role
from nennep.accounts.models import User
from nennep.demo.plan.whole import Demonstration
from nennep.demo.plan.words import dice, one_of, sentences
from nennep.dialogue.actions import NewSurvey, hand_in_sheet, load_survey, open_survey
from nennep.dialogue.models import SurveyInvitation
from nennep.dialogue.rules.surveys import Question, questions_in
from nennep.members.actions.offices import open_office_accounts
from nennep.organisation.models import Unit

OVER = (date(2024, 5, 6), date(2024, 5, 20))
RUNNING = (date(2024, 6, 10), date(2024, 6, 20))
ANSWERED, ANSWERED_SO_FAR, SAYS_MORE = 0.85, 0.4, 0.4
OWN_ACCOUNT = "bithu"


def hold_surveys(plan: Demonstration, *, by: User) -> None:
    """The secretaries get accounts as the office would give them; the own one is still asked."""
    words = sentences("surveying")
    cell = Unit.objects.select_related("parent").get(code=plan.tree.own_cell.code)
    commune = cell.parent
    assert commune is not None  # noqa: S101 -- the own cell stands under a commune
    open_office_accounts(commune, Role.SECRETARY, by=by)
    running = _survey(words["running"], RUNNING)
    asked = open_survey(commune, survey=running, by=by)
    _load_past(commune, asked.invited, plan.seed, by)
    waiting = SurveyInvitation.objects.filter(survey=asked).exclude(user__username=OWN_ACCOUNT)
    people = [each.user for each in waiting.select_related("user")]
    for place in range(int(asked.invited * ANSWERED_SO_FAR)):
        sheet = _sheet(questions_in(running.questions), words["running"]["words"], place, plan.seed)
        hand_in_sheet(asked, sheet=sheet, by=people[place])


def _load_past(commune: Unit, invited: int, seed: int, by: User) -> None:
    words = sentences("surveying")["over"]
    survey = _survey(words, OVER)
    questions = questions_in(survey.questions)
    count = int(invited * ANSWERED)
    sheets = [_sheet(questions, words["words"], place, seed) for place in range(count)]
    load_survey(commune, survey=survey, invited=invited, sheets=sheets, by=by)


def _survey(words: dict[str, str], days: tuple[date, date]) -> NewSurvey:
    return NewSurvey(words["title"], words["questions"].strip(), *days)


def _sheet(
    questions: Sequence[Question], words: Sequence[str], place: int, seed: int
) -> list[int | str | None]:
    """Mostly the first options: they are the good ones."""
    chance = dice(seed, "sheet", place, len(questions), words[0])
    return [
        int(len(question.options) * chance.random() * chance.random())
        if question.options
        else (one_of(words, chance) if chance.random() < SAYS_MORE else None)
        for question in questions
    ]
