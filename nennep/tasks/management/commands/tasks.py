"""The tasks of a unit: a cell's with names, above the cell those given to units."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from nennep.core.text import vn_number
from nennep.organisation.queries import unit_by_code
from nennep.tasks.choices import Judgement, TaskState
from nennep.tasks.queries.contract import tasks_json


class Command(BaseCommand):
    help = "Nhiệm vụ của một tổ chức; --overdue: chỉ việc quá hạn"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", metavar="CODE", help="mã tổ chức")
        parser.add_argument("--overdue", action="store_true", help="chỉ việc đã quá hạn")
        parser.add_argument("--json", action="store_true", help="in ra JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        found = tasks_json(unit_by_code(options["code"]), is_overdue=options["overdue"])
        if options["json"]:
            self.stdout.write(json.dumps(found, ensure_ascii=False))
            return
        for task in found["tasks"]:
            self.stdout.write(_line(task))
        self.stdout.write(f"{vn_number(len(found['tasks']))} việc")


def _line(task: dict[str, Any]) -> str:
    said = task["judgement"]
    state = Judgement(said).label if said else TaskState(task["state"]).label
    who = next(iter(task["assignee"].values()))
    return f"{task['due_on'] or '':<10} {state!s:<24} {who:<24} {task['title']}"
