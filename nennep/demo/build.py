"""Makes the demonstration, through the same actions people use."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.apps import apps
from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.utils.translation import gettext as _

from nennep.accounts.models import User
from nennep.accounts.queries import system_person
from nennep.core import clock
from nennep.core.facts import facts_changed
from nennep.core.ids import seeded_ids
from nennep.core.models import Installation
from nennep.core.progress import Progress
from nennep.demo import bulk
from nennep.demo.accounts import open_accounts
from nennep.demo.assigning import write_tasks
from nennep.demo.carrying_out import carry_out_schemes
from nennep.demo.clearing import empty_tables, refuse_real_organisation
from nennep.demo.commending import commend_at_the_review
from nennep.demo.learning import write_learning
from nennep.demo.living import plan_what_comes, set_due_day
from nennep.demo.noticing import notice
from nennep.demo.office_forms import keep_forms
from nennep.demo.plan.whole import Demonstration
from nennep.demo.plan.words import STANDS_ON
from nennep.demo.proposing import write_proposals
from nennep.demo.rating import rate_past_years
from nennep.demo.registering import register_documents
from nennep.demo.reviewing import begin_reviews
from nennep.demo.scores import SCORED_FROM, enter_sheet, score_past
from nennep.demo.supervising import plan_supervision, write_supervision
from nennep.demo.surveying import hold_surveys
from nennep.demo.taking_in import take_a_list_in
from nennep.indicators.actions.rebuild import rebuild
from nennep.indicators.apps import COUNTING, count_again
from nennep.library.actions import load_handbook
from nennep.library.jobs import build_anew
from nennep.regulations.actions import load_presets

STEPS = 7
Report = Callable[[int, int], None]


def build_demonstration(
    size: str, seed: int, progress: Progress | None = None, *, workers: int = 1
) -> None:
    """Replaces the demonstration that is there. Raises Refusal on a real organisation.

    `workers` count the figures in processes of their own, outside any transaction of the caller.
    """
    progress = progress or Progress(STEPS)
    refuse_real_organisation()
    plan = Demonstration.of(size, seed)
    with fast_writing(), seeded_ids(plan.id_series):
        with counted_at_the_end():
            progress.begin(_("rules and bases"))
            by = lay_ground(plan)
            write_in_bulk(plan, progress, by=by)
            progress.begin(_("tasks"))
            write_tasks(plan, by=by)
            register_documents(plan.tree.own_cell, by=by)
            carry_out_schemes(plan.seed, by=by)
            rate_past_years(plan.seed, by=by)
            write_proposals(plan, by=by)
            begin_reviews(plan.seed, by=by)
            progress.begin(_("plans and accounts"))
            write_supervision(plan, by=by)  # seats members of committees, who are taught as well
            write_learning(plan, by=by)
            enter_sheet(SCORED_FROM, by=by)
            score_past(plan, by=by)
            write_present(plan, by=by)
        rebuild(
            by=by,
            report=progress.begin(_("counting the figures")),
            workers=workers,
        )
        commend_at_the_review(plan.seed, by=User.objects.get(username="bantochuc"))
        Installation.objects.update(is_complete=True)
    settle()
    build_anew.enqueue()  # past meetings and tasks are found once the worker of the server did this


def write_present(plan: Demonstration, *, by: User) -> None:
    """What is alive on the day the demonstration stands on, and who can sign in."""
    keep_forms(by=by)
    notice(by=by)
    plan_what_comes(plan.tree, by=by)
    open_accounts(plan.tree.own_cell, by=by)
    hold_surveys(plan, by=by)
    take_a_list_in(plan.tree.own_cell)
    plan_supervision(plan, by=by)


def lay_ground(plan: Demonstration) -> User:
    """An empty database that knows its day, the machine's account, and the rules."""
    empty_tables()
    Installation.objects.create(
        is_demonstration=True,
        stands_on=STANDS_ON,
        seed=plan.seed,
        size=plan.size.name,
        counts_from=plan.size.first_month,
    )
    clock.forget()
    by = system_person()
    load_presets(by=by)
    load_handbook(by=by)
    return by


def write_in_bulk(plan: Demonstration, progress: Progress, *, by: User) -> None:
    progress.begin(_("units"))
    places = bulk.write_units(plan, by=by)
    set_due_day(plan.tree, plan.size.first_month, by=by)
    first_id = bulk.write_roll(plan, places, by=by, report=progress.begin(_("the roll")))
    bulk.write_history(plan, places, first_id, by=by, report=progress.begin(_("past meetings")))


@contextmanager
def counted_at_the_end() -> Iterator[None]:
    """What is written meanwhile is not counted one by one: everything is counted anew afterwards."""
    facts_changed.disconnect(dispatch_uid=COUNTING)
    try:
        yield
    finally:
        facts_changed.connect(count_again, dispatch_uid=COUNTING)


@contextmanager
def fast_writing() -> Iterator[None]:
    """The database need not wait for the disk: what breaks off half-way is built again anyway.

    Nor does it look up every reference, which takes PostgreSQL longer than writing the rows: the
    tests build the same with the references looked up.
    """
    if connection.in_atomic_block:
        yield
        return
    with connection.cursor() as cursor:
        for statement in _fast_settings(cursor):
            cursor.execute(statement)
    try:
        yield
    finally:
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()  # the next one has the product's own settings again


def _fast_settings(cursor: CursorWrapper) -> tuple[str, ...]:
    if connection.vendor == "sqlite":
        return ("PRAGMA synchronous=OFF", "PRAGMA cache_size=-400000", "PRAGMA foreign_keys=OFF")
    cursor.execute("SELECT current_setting('is_superuser') = 'on'")
    may_leave_references = cursor.fetchone() == (True,)
    settings = ("SET synchronous_commit = off", "SET session_replication_role = replica")
    return settings if may_leave_references else settings[:1]


def settle() -> None:
    """Let the database know its tables, so that its plans are good from the first page on.

    PostgreSQL reads sums from an index alone only where it knows that nobody has changed the rows
    since; its own housekeeping would find that out minutes later.
    """
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        if connection.vendor == "postgresql" and not connection.in_atomic_block:
            for model in apps.get_app_config("indicators").get_models():
                cursor.execute(f"VACUUM {connection.ops.quote_name(model._meta.db_table)}")
