"""A table is read as the same lines on SQLite and on PostgreSQL, and comes back from them."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from django.apps import apps
from django.db import connection, models

from nennep.core import append_only
from nennep.core.archive import loading
from nennep.core.archive.kinds import Kind
from nennep.core.archive.snapshot import snapshot
from nennep.core.archive.writing import table_summary
from nennep.core.models import Installation, Job, TrailLine, TrailSeal

pytestmark = pytest.mark.django_db

KINDS = {
    models.BooleanField: Kind.FLAG,
    models.DateTimeField: Kind.MOMENT,
    models.DateField: Kind.DAY,
    models.TimeField: Kind.HOUR,
    models.UUIDField: Kind.UUID,
    models.JSONField: Kind.JSON,
    models.DecimalField: Kind.DECIMAL,
    models.FloatField: Kind.FLOAT,
    models.BinaryField: Kind.BYTES,
    models.IntegerField: Kind.WHOLE,
    models.CharField: Kind.TEXT,
    models.TextField: Kind.TEXT,
    models.GenericIPAddressField: Kind.TEXT,
}
MOMENT = datetime(2024, 6, 13, 1, 0, tzinfo=UTC)


def stored(field: models.Field) -> models.Field:
    while field.is_relation:
        field = field.target_field
    return field


def lines_of(model: type[models.Model]) -> bytes:
    with snapshot() as taken:
        table = next(t for t in taken.tables if t.name == model._meta.db_table)
        return b"".join(lines for _rows, lines in taken.lines(table))


def test_every_field_of_every_model_is_known_for_what_it_is():
    with snapshot() as taken:
        tables = {table.name: table for table in taken.tables}
    for model in apps.get_models(include_auto_created=True):
        if not model._meta.managed or model._meta.proxy:
            continue
        found = {column.name: column.kind for column in tables[model._meta.db_table].columns}
        expected = {
            field.column: next(
                kind for base, kind in KINDS.items() if isinstance(stored(field), base)
            )
            for field in model._meta.local_concrete_fields
        }
        assert found == expected, model
        assert tables[model._meta.db_table].key == (model._meta.pk.column,)


def test_a_row_is_spelled_alike_on_both_databases():
    job = Job.objects.create(
        public_id=UUID("0123456789abcdef0123456789abcdef"),
        kind="k",
        title="Một\tdòng\nvà \\ một\rdòng\x0b\x0c\x08 \\N",
        result={"b": 1.0, "a": [1e16, "ệ", None, "\\"]},
        created_at=MOMENT,
        ended_at=MOMENT.replace(microsecond=120),
    )

    assert lines_of(Job).decode() == (
        # created_at, doing, done, ended_at, error, id, kind, owner_id, public_id
        f"2024-06-13 01:00:00\t\t0\t2024-06-13 01:00:00.000120\t\t{job.pk}\tk\t\\N\t"
        "0123456789abcdef0123456789abcdef\t"
        # result, state, title, total
        '{"a":[10000000000000000,"ệ",null,"\\\\\\\\"],"b":1.0}\twaiting\t'
        "Một\\tdòng\\nvà \\\\ một\\rdòng\\v\\f\\b \\\\N\t0\n"
    )


def test_flags_days_and_bytes_are_spelled_alike_on_both_databases():
    Installation.objects.create(is_demonstration=True, stands_on=date(2024, 6, 13), made_at=MOMENT)
    Installation.objects.update(made_at=MOMENT, id=7)
    TrailSeal.objects.create(
        number=3, first_line=1, last_line=2, lines=2, marks=b"\x00\xff\\", sealed_at=MOMENT
    )

    # counts_from, id, is_complete, is_demonstration, made_at, seed, size, stands_on
    assert lines_of(Installation) == (b"\\N\t7\t0\t1\t2024-06-13 01:00:00\t\\N\t\t2024-06-13\n")
    # digest, first_line, last_line, lines, marks, number, previous, sealed_at
    assert lines_of(TrailSeal) == b"\t1\t2\t2\t\\\\x00ff5c\t3\t\t2024-06-13 01:00:00\n"


def test_rows_come_in_the_order_of_their_key():
    for number in (3, 1, 2):
        TrailSeal.objects.create(
            number=number, first_line=1, last_line=number, lines=1, digest=str(number),
            sealed_at=MOMENT,
        )  # fmt: skip

    assert [line.split(b"\t")[5] for line in lines_of(TrailSeal).splitlines()] == [b"1", b"2", b"3"]


def test_what_is_read_comes_back_as_it_was():
    for number in range(7):
        Job.objects.create(
            kind="k", title="\\" * number + "\t\n", result={"n": number}, created_at=MOMENT
        )
    before = lines_of(Job)
    rows = list(Job.objects.order_by("id").values())
    tables = loading.present_tables()

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(append_only.CHECK_WHAT_WAITS)
    loading.empty([tables["core_job"]])
    assert not Job.objects.exists()
    loading.load(tables["core_job"], [before])
    loading.go_on_counting([tables["core_job"]])

    assert list(Job.objects.order_by("id").values()) == rows
    assert lines_of(Job) == before
    assert Job.objects.create(title="new", created_at=MOMENT).pk > rows[-1]["id"]


def test_bytes_come_back_as_they_were():
    TrailSeal.objects.create(
        number=1, first_line=1, last_line=2, lines=2, marks=bytes(range(256)), sealed_at=MOMENT
    )
    before = lines_of(TrailSeal)
    table = loading.present_tables()["core_trailseal"]
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE beside AS SELECT * FROM core_trailseal WHERE 1 = 0")
    beside = type(table)("beside", table.columns, table.key)

    loading.load(beside, [before])

    with connection.cursor() as cursor:
        cursor.execute("SELECT marks FROM beside")
        assert bytes(cursor.fetchone()[0]) == bytes(range(256))


def test_a_summary_changes_with_every_cell():
    Job.objects.create(title="a", created_at=MOMENT)
    with snapshot() as taken:
        table = next(t for t in taken.tables if t.name == "core_job")
        before = table_summary(taken, table)
    Job.objects.update(done=1)
    with snapshot() as taken:
        after = table_summary(taken, table)

    assert before.rows == after.rows == 1
    assert before.sha256 != after.sha256


@pytest.mark.django_db(transaction=True)
def test_what_is_written_meanwhile_is_not_seen_and_not_held_up():
    Job.objects.create(title="before", created_at=MOMENT)
    with snapshot() as taken:
        Job.objects.create(title="meanwhile", created_at=MOMENT)
        table = next(t for t in taken.tables if t.name == "core_job")
        assert table_summary(taken, table).rows == 1

    assert Job.objects.count() == 2


def test_the_trail_keeps_its_marks_through_a_backup():
    """The hash of a line does not depend on which database spelled its details."""
    from nennep.core.sealing import marks_of

    TrailLine.objects.create(
        actor_label="Người", verb="v", details={"b": 1.5, "a": "ệ"}, happened_at=MOMENT
    )
    [(number, mark)] = marks_of(TrailLine.objects.all())
    lines = lines_of(TrailLine)
    table = loading.present_tables()["core_trailline"]
    loading.load(
        table, [lines.replace(f"\t{number}\t".encode(), f"\t{number + 1000}\t".encode(), 1)]
    )

    assert [m for _n, m in marks_of(TrailLine.objects.all())] == [mark, mark]
