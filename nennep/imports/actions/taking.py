"""Taking a table in, all of it or nothing, and taking it back while nothing was built on it."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _

from nennep.accounts.models import User
from nennep.core import clock, trail
from nennep.core.refusal import Refusal
from nennep.core.secret_guard import refuse_secret
from nennep.core.sheets.book import checksum, open_book
from nennep.core.sheets.limits import COMMAND_LINE
from nennep.core.sheets.tables import mapping_of, read_table
from nennep.core.takeback import Log
from nennep.core.text import tidy
from nennep.imports.actions.attendance import take_back_attendance, take_in_attendance
from nennep.imports.actions.history import take_back_history, take_in_history
from nennep.imports.actions.members import take_back_members, take_in_members
from nennep.imports.actions.reading import (
    LONGEST_NAME,
    REPORTED_EVERY,
    Report,
    aim_of,
    refuse_uncallable,
    source_of,
)
from nennep.imports.actions.units import take_back_units, take_in_units
from nennep.imports.choices import Kind, Verdict
from nennep.imports.models import Import
from nennep.imports.queries.kinds import importer_of, judged_rows
from nennep.imports.queries.reading import Aim, left_out
from nennep.imports.rules import Answers, Judged, Tally

TAKE_IN: dict[str, Callable[[Iterable[Judged], Aim, User], Log]] = {
    Kind.UNITS: lambda rows, _aim, by: take_in_units(rows, by=by),
    Kind.MEMBERS: lambda rows, _aim, by: take_in_members(rows, by=by),
    Kind.ATTENDANCE: lambda rows, _aim, by: take_in_attendance(rows, by=by),
    Kind.HISTORY: lambda rows, aim, by: take_in_history(rows, aim.unit, by=by),
}
TAKE_BACK: dict[str, Callable[[Log, User], None]] = {
    Kind.UNITS: lambda log, _by: take_back_units(log),
    Kind.MEMBERS: lambda log, _by: take_back_members(log),
    Kind.ATTENDANCE: lambda log, by: take_back_attendance(log, by=by),
    Kind.HISTORY: lambda log, _by: take_back_history(log),
}


class Faulty(Refusal):
    """Some cells cannot be taken as they stand; nothing of the table was kept."""

    left_out: Sequence[str] = ()
    other_sheets: Sequence[str] = ()

    def __init__(self, tally: Tally) -> None:
        super().__init__(
            _("%(count)s cells are to be corrected first. Nothing was taken in.")
            % {"count": len(tally.problems)},
            code="faulty_table",
        )
        self.tally = tally


@dataclass(frozen=True)
class Taken:
    """What came of a file: the verdicts counted, what was left out, and whether it was taken in.

    `other_sheets` hold such a list as well and were not read.
    """

    tally: Tally
    left_out: Sequence[str]
    taken: Import | None = None
    other_sheets: Sequence[str] = ()


@transaction.atomic
def take_in(taken: Import, *, by: User, report: Report = lambda done, total: None) -> Import:
    """The table as it was shown to the person. Refused when the verdicts have changed since."""
    taken = (
        Import.objects.select_for_update(of=("self",))
        .select_related("unit", "meeting")
        .get(pk=taken.pk)
    )
    if taken.taken_at is not None:
        return taken
    _refuse_unjudged(taken)
    source, places, answers = source_of(taken)
    tally = Tally()
    judged = judged_rows(taken.kind, source, places, answers, aim_of(taken), by)
    rows = _counted(judged, taken.counts.get("rows", 0), report)
    log = TAKE_IN[taken.kind](_passing(rows, tally), aim_of(taken), by)
    if tally.as_json() != taken.counts:
        raise Refusal(
            _("What is recorded here has changed meanwhile. Look at the verdicts again."),
            code="verdicts_changed",
        )
    return _keep(taken, tally, log, by)


def take_file(
    path: str, kind: str, *, file: BinaryIO, aim: Aim, by: User, answers: Answers,
    is_applied: bool, sheet: str = "",
) -> Taken:  # fmt: skip
    """A file of the machine's own, of any size: judged, and taken in where that is asked for."""
    refuse_secret(file_name=path)
    if aim.meeting is not None:
        refuse_uncallable(aim.meeting)
    digest = checksum(file)
    table = read_table(open_book(file, COMMAND_LINE), importer_of(kind).shape, sheet)
    places, titles = mapping_of(table.headings), left_out(table.headings)
    tally = Tally()
    rows = judged_rows(kind, table, places, answers, aim, by)
    if not is_applied:
        for judged in rows:
            tally.add(judged)
        return Taken(tally, titles, other_sheets=table.others)
    with transaction.atomic():
        taken = Import.objects.create(
            kind=kind,
            unit=aim.unit,
            meeting=aim.meeting,
            file_name=tidy(path)[-LONGEST_NAME:],
            sha256=digest,
            sheet=table.sheet.name[:100],
            uploaded_by=by,
            uploaded_at=clock.now(),
            answers=answers.as_json(),
            left_out=titles,
            judged_at=clock.now(),
        )
        try:
            log = TAKE_IN[kind](_passing(rows, tally), aim, by)
        except Faulty as faulty:
            faulty.left_out, faulty.other_sheets = titles, table.others
            raise
        return Taken(tally, titles, _keep(taken, tally, log, by), table.others)


@transaction.atomic
def undo(taken: Import, *, by: User) -> Import:
    """Everything the table brought goes again; refused where somebody has gone on from it."""
    taken = Import.objects.select_for_update(of=("self",)).get(pk=taken.pk)
    if taken.undone_at is not None:
        return taken
    if taken.taken_at is None:
        raise Refusal(_("This table was not taken in."), code="not_taken_in")
    TAKE_BACK[taken.kind](_log_of(taken), by)
    taken.undone_at, taken.undone_by, taken.undo = clock.now(), by, b""
    taken.save(update_fields=["undone_at", "undone_by", "undo"])
    trail.record("import undone", taken, by=by, kind=taken.kind, file=taken.file_name)
    return taken


def _counted(rows: Iterable[Judged], total: int, report: Report) -> Iterator[Judged]:
    for count, judged in enumerate(rows, 1):
        if count % REPORTED_EVERY == 0:
            report(count, total)
        yield judged


def _passing(
    rows: Iterable[Judged],
    tally: Tally,
) -> Iterator[Judged]:
    """The rows that change something; once all are seen, refuses where one is faulty."""
    for judged in rows:
        tally.add(judged)
        if judged.verdict in {Verdict.NEW, Verdict.CHANGED} and not tally.problems:
            yield judged
    if tally.problems:
        raise Faulty(tally)


def _refuse_unjudged(taken: Import) -> None:
    if taken.discarded_at is not None or taken.judged_at is None:
        raise Refusal(
            _("Look at the verdicts on the rows first, then take the table in."),
            code="not_judged",
        )


def _keep(taken: Import, tally: Tally, log: Log, by: User) -> Import:
    taken.counts, taken.undo = tally.as_json(), zlib.compress(json.dumps(log).encode())
    taken.taken_at, taken.taken_by = clock.now(), by
    taken.table = taken.verdicts = b""
    taken.save()
    trail.record(
        "table taken in",
        taken,
        by=by,
        kind=taken.kind,
        file=taken.file_name,
        sha256=taken.sha256,
        added=tally.counts[Verdict.NEW],
        updated=tally.counts[Verdict.CHANGED],
        kept=tally.counts[Verdict.SAME],
        dropped=tally.counts[Verdict.DUPLICATE],
    )
    return taken


def _log_of(taken: Import) -> dict[str, Any]:
    return dict(json.loads(zlib.decompress(bytes(taken.undo))))
