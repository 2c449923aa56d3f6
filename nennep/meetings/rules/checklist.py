"""What is prepared before a meeting, by whom as a post, and until when."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from nennep.meetings.choices import MeetingKind
from nennep.meetings.rules.presets import preset

BY_RULE = "papers"
OWN = "own-"  # codes of what a cell added itself begin so


@dataclass(frozen=True, slots=True)
class Task:
    """`days_before` None: the rule on papers says how long before. `proven_by`: the fact that ticks it.

    `kinds` are the kinds of meeting that need it; empty: all.
    """

    code: str
    title: str
    owner: str
    days_before: int | None
    asked_where: str
    proven_by: str
    kinds: frozenset[str] = frozenset()


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
            frozenset(row.get("kinds", ())),
        )
        for row in preset("checklist")["task"]
    )


def asked(kind: str, *, has_committee: bool, has_groups: bool) -> tuple[Task, ...]:
    """The tasks of a meeting; a meeting of the cell committee needs no meeting of it before."""
    here = {"", "committee" if has_committee else "no_committee"}
    here |= {"groups"} if has_groups else set()
    if kind == MeetingKind.CELL_COMMITTEE:
        here = {""}
    return tuple(
        task
        for task in tasks()
        if task.asked_where in here and (not task.kinds or kind in task.kinds)
    )


def proof_of(code: str) -> str:
    """The fact that ticks this task of a meeting's list, "" where a person does."""
    return next((task.proven_by for task in tasks() if task.code == code), "")


def due_on(task: Task, planned_on: date, papers_days_before: int | None) -> date:
    """Where no rule says how long before papers are sent, the day before [D]."""
    days = task.days_before
    if days is None:
        days = 1 if papers_days_before is None else papers_days_before
    return planned_on - timedelta(days=days)
