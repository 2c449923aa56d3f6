"""What is prepared before a meeting, by whom as a post, and until when."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from nennep.meetings.rules.presets import preset

BY_RULE = "papers"


@dataclass(frozen=True, slots=True)
class Task:
    """`days_before` None: the rule on papers says how long before. `proven_by`: the fact that ticks it."""

    code: str
    title: str
    owner: str
    days_before: int | None
    asked_where: str
    proven_by: str


@cache
def tasks() -> tuple[Task, ...]:
    return tuple(
        Task(
            row["code"],
            row["title"],
            row["owner"],
            None if row["days_before"] == BY_RULE else row["days_before"],
            row["asked_where"],
            row["proven_by"],
        )
        for row in preset("checklist")["task"]
    )


def asked(*, has_committee: bool, has_groups: bool, is_of_committee: bool) -> tuple[Task, ...]:
    """The tasks of a meeting; a meeting of the cell committee needs no meeting of it before."""
    here = {"", "committee" if has_committee else "no_committee"} | (
        {"groups"} if has_groups else set()
    )
    if is_of_committee:
        here = {""}
    return tuple(task for task in tasks() if task.asked_where in here)


def due_on(task: Task, planned_on: date, papers_days_before: int | None) -> date:
    """Where no rule says how long before papers are sent, the day before [D]."""
    days = task.days_before
    if days is None:
        days = 1 if papers_days_before is None else papers_days_before
    return planned_on - timedelta(days=days)
