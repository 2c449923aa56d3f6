"""What people do with tasks. What follows from a meeting is in `lines`, apart."""

from nennep.tasks.actions.annual import YearLine, set_years_tasks
from nennep.tasks.actions.answering import accept_task, report_result, take_report_back
from nennep.tasks.actions.giving import (
    NewTask,
    Receivers,
    give_task,
    give_time,
    name_follower,
    withdraw,
)
from nennep.tasks.actions.judging import judge, take_judgement_back
from nennep.tasks.actions.schemes import put_scheme_in_force
from nennep.tasks.actions.taking_up import put_in_paper

__all__ = [
    "NewTask",
    "Receivers",
    "YearLine",
    "accept_task",
    "give_task",
    "give_time",
    "judge",
    "name_follower",
    "put_in_paper",
    "put_scheme_in_force",
    "report_result",
    "set_years_tasks",
    "take_judgement_back",
    "take_report_back",
    "withdraw",
]
