"""A file is read, its columns are mapped, its rows are judged. Nothing of the roll or tree changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _

from nennep.accounts.models import User
from nennep.core import clock, trail
from nennep.core.refusal import Refusal
from nennep.core.secret_guard import refuse_secret
from nennep.core.sheets.book import checksum, open_book
from nennep.core.sheets.heads import Heading
from nennep.core.sheets.kept import pack, unpack
from nennep.core.sheets.tables import mapping_of, read_table, renamed
from nennep.core.text import fold, tidy
from nennep.imports.models import Import, KnownHeading
from nennep.imports.queries.kinds import importer_of, judged_rows
from nennep.imports.queries.preview import pack_verdicts
from nennep.imports.queries.reading import Aim, Source, left_out
from nennep.imports.rules import Answers, Tally
from nennep.meetings.actions.locks import held
from nennep.meetings.models import Meeting
from nennep.organisation.models import Unit

LONGEST_NAME = 200
REPORTED_EVERY = 500
KEPT_FOR = timedelta(days=7)  # [D] a week is enough to correct a list and come back
Report = Callable[[int, int], None]


@transaction.atomic
def read_file(
    unit: Unit,
    kind: str,
    *,
    file: BinaryIO,
    name: str,
    by: User,
    sheet: str = "",
    meeting: Meeting | None = None,
) -> Import:
    """What may be kept of the file is put aside until its owner says what to do with it."""
    if meeting is not None:
        refuse_uncallable(meeting)
    name = tidy(name)[-LONGEST_NAME:]
    refuse_secret(file_name=name)
    digest = checksum(file)
    table = read_table(open_book(file), importer_of(kind).shape, sheet)
    headings = renamed(table.headings, _known_meanings(unit, kind, table.headings))
    taken = Import.objects.create(
        kind=kind,
        unit=unit,
        meeting=meeting,
        file_name=name,
        sha256=digest,
        sheet=table.sheet.name[:100],
        uploaded_by=by,
        uploaded_at=clock.now(),
        table=pack(table),
        mapping=_as_mapping(headings) | {"other_sheets": table.others},
        left_out=left_out(headings),
    )
    trail.record("table read", taken, by=by, kind=kind, file=name, sha256=digest)
    return taken


@transaction.atomic
def map_columns(taken: Import, *, chosen: Mapping[int, str], by: User) -> Import:
    """What the columns mean, as a person said it; remembered for the next file of this unit."""
    taken = _open(taken)
    headings = renamed(unpack(bytes(taken.table)).headings, chosen)
    mapping_of(headings)
    shape = importer_of(taken.kind).shape
    if not shape.is_anchored({h.key for h in headings if h.key}):
        titles = ", ".join(f"“{shape.by_key[key].title}”" for key in shape.anchors[0])
        raise Refusal(
            _("Say which columns are %(titles)s: without them no row can be read.")
            % {"titles": titles},
            code="columns_missing",
        )
    for heading in headings:
        if heading.column in chosen and not heading.barred:
            KnownHeading.objects.update_or_create(
                unit=taken.unit,
                kind=taken.kind,
                heading=_as_known(heading.title),
                defaults={"key": heading.key},
            )
    taken.mapping, taken.left_out = taken.mapping | _as_mapping(headings), left_out(headings)
    _unjudged(taken)
    return taken


@transaction.atomic
def answer(taken: Import, *, answers: Answers) -> Import:
    """What a person said about cells that could be read in more than one way."""
    taken = _open(taken)
    taken.answers = answers.as_json()
    _unjudged(taken)
    return taken


def judge(taken: Import, *, by: User, report: Report = lambda done, total: None) -> Import:
    """The verdict on every row, kept for the pages that show it; worked out while others write."""
    tally, rows = Tally(), []
    source, places, answers = source_of(taken)
    total = row_count(taken)
    for count, judged in enumerate(
        judged_rows(taken.kind, source, places, answers, aim_of(taken), by), 1
    ):
        tally.add(judged)
        rows.append(judged._replace(plan=None))
        if count % REPORTED_EVERY == 0:
            report(count, total)
    verdicts = pack_verdicts(rows)
    with transaction.atomic():
        taken = _open(taken)
        taken.verdicts, taken.counts = verdicts, tally.as_json()
        taken.judged_at = clock.now()
        taken.save(update_fields=["verdicts", "counts", "judged_at"])
    return taken


@transaction.atomic
def discard(taken: Import, *, by: User) -> Import:
    """Nothing is taken in, and nothing of the file is kept but its name and check sum."""
    taken = _open(taken)
    taken.discarded_at = clock.now()
    taken.table = taken.verdicts = b""
    taken.save(update_fields=["discarded_at", "table", "verdicts"])
    trail.record("table discarded", taken, by=by, kind=taken.kind, file=taken.file_name)
    return taken


@transaction.atomic
def forget_stale(*, by: User) -> int:
    """Tables nobody came back to are put aside: they hold names that nothing needs."""
    before = clock.now() - KEPT_FOR
    waiting = Import.objects.filter(taken_at__isnull=True, discarded_at__isnull=True)
    stale = list(waiting.filter(uploaded_at__lt=before).only("pk"))
    for taken in stale:
        discard(taken, by=by)
    return len(stale)


def aim_of(taken: Import) -> Aim:
    return Aim(taken.unit, taken.meeting)


def row_count(taken: Import) -> int:
    return unpack(bytes(taken.table)).count


def source_of(taken: Import) -> tuple[Source, dict[str, int], Answers]:
    """The table put aside, where its columns stand, and what was answered."""
    places = {key: column for column, key in taken.mapping["columns"] if key}
    return unpack(bytes(taken.table)), places, Answers.from_json(taken.answers)


def refuse_uncallable(meeting: Meeting) -> None:
    """A roll call is written while the meeting is held or typed in, where there is a roll."""
    held(meeting)
    if meeting.unit.is_figures_only:
        raise Refusal(
            _("“%(unit)s” keeps figures only. Enter the totals, without names.")
            % {"unit": meeting.unit.name},
            code="figures_only",
        )


def _open(taken: Import) -> Import:
    fresh = Import.objects.select_for_update(of=("self",)).select_related("unit").get(pk=taken.pk)
    if not fresh.is_open:
        raise Refusal(
            _("This spreadsheet was taken in or put aside already. Choose the file again."),
            code="import_over",
        )
    return fresh


def _unjudged(taken: Import) -> None:
    taken.judged_at, taken.verdicts, taken.counts = None, b"", {}
    taken.save(update_fields=["mapping", "left_out", "answers", "judged_at", "verdicts", "counts"])


def _as_mapping(headings: tuple[Heading, ...]) -> dict[str, list[tuple[int, str]]]:
    mapping_of(headings)
    return {"columns": [(heading.column, heading.key) for heading in headings]}


def _as_known(title: str) -> str:
    return fold(title)[:LONGEST_NAME]


def _known_meanings(unit: Unit, kind: str, headings: tuple[Heading, ...]) -> dict[int, str]:
    """What these headings were once said to mean, here or at a unit above; the nearest counts."""
    titles = {_as_known(heading.title): heading.column for heading in headings}
    known = KnownHeading.objects.filter(
        kind=kind, heading__in=titles, unit_id__in=[*unit.ancestor_ids, unit.pk]
    )
    found = known.order_by("unit__depth").values_list("heading", "key")
    return {titles[heading]: key for heading, key in found}
