import os
from argparse import ArgumentParser

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from nennep.core.laying_out import bring_up
from nennep.core.progress import Progress
from nennep.core.storage import make_store
from nennep.demo.accounts import account_lines
from nennep.demo.build import STEPS, build_demonstration
from nennep.demo.plan.sizes import SIZES


class Command(BaseCommand):
    help = "Dựng tổ chức mẫu: --size ward|district|city --seed N"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--size", choices=sorted(SIZES), default="district", help="quy mô (mặc định: district)"
        )
        parser.add_argument(
            "--seed", type=int, default=11, help="số gieo: cùng số thì cùng một tổ chức mẫu"
        )

    def handle(self, *_args: str, size: str, seed: int, **_options: object) -> None:
        bring_up()
        make_store()
        progress = Progress(STEPS)
        build_demonstration(size, seed, progress, workers=os.cpu_count() or 1)
        progress.end(_("The demonstration stands on 13-6-2024."))
        for line in account_lines():
            self.stderr.write(line)
