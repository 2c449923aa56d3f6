"""The pages of tasks."""

from nennep.tasks.views.giving import give, give_members
from nennep.tasks.views.lists import annual, reminders
from nennep.tasks.views.single import assignment, received, take_up
from nennep.tasks.views.units import given_task
from nennep.tasks.views.work import home, members_page, unit_page

__all__ = [
    "annual",
    "assignment",
    "give",
    "give_members",
    "given_task",
    "home",
    "members_page",
    "received",
    "reminders",
    "take_up",
    "unit_page",
]
