"""The pages of tasks."""

from nennep.tasks.views.giving import give, give_members
from nennep.tasks.views.lists import annual, reminders, reminders_file
from nennep.tasks.views.schemes import adopt, schemes
from nennep.tasks.views.single import assignment, received, take_up
from nennep.tasks.views.units import given_task
from nennep.tasks.views.work import home, members_page, unit_page

__all__ = [
    "adopt",
    "annual",
    "assignment",
    "give",
    "give_members",
    "given_task",
    "home",
    "members_page",
    "received",
    "reminders",
    "reminders_file",
    "schemes",
    "take_up",
    "unit_page",
]
