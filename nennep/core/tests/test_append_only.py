import pytest
from django.db import IntegrityError, connection, transaction

from nennep.core import append_only, sealing
from nennep.core.models import Installation, TrailLine, TrailSeal
from nennep.core.refusal import Refusal
from nennep.core.tests.trails import write_lines

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _two_lines_and_a_seal():
    write_lines(2)
    sealing.seal_lines()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(append_only.CHECK_WHAT_WAITS)


def refused(statement: str) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    except IntegrityError as error:
        return "append-only" in str(error)
    return False


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE core_trailline SET actor_label = 'X'",
        "DELETE FROM core_trailline",
        "UPDATE core_trailseal SET digest = 'x'",
        "DELETE FROM core_trailseal",
    ],
)
def test_what_was_written_is_neither_changed_nor_taken_away(statement):
    assert refused(statement)


@pytest.mark.parametrize("recursive", ["ON", "OFF"])
@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's own way of writing over a row")
def test_a_replace_is_refused_whatever_the_connection_is_set_to(recursive):
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA recursive_triggers = {recursive}")
        try:
            assert refused(
                "INSERT OR REPLACE INTO core_trailline SELECT * FROM core_trailline LIMIT 1"
            )
        finally:
            cursor.execute("PRAGMA recursive_triggers = ON")


@pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL truncates")
@pytest.mark.parametrize("table", ["core_trailline", "core_trailseal", "accounts_user CASCADE"])
def test_a_truncate_is_refused_even_when_it_comes_from_another_table(table):
    assert refused(f"TRUNCATE {table}")


@pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL has such sessions")
def test_the_role_of_a_replica_does_not_pass_the_triggers_by():
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
    assert refused("DELETE FROM core_trailline")


def test_an_upsert_does_not_write_over_a_line():
    line = TrailLine.objects.first()
    line.actor_label = "X"
    with pytest.raises(IntegrityError), transaction.atomic():
        TrailLine.objects.bulk_create(
            [line], update_conflicts=True, update_fields=["actor_label"], unique_fields=["id"]
        )


def test_a_trigger_that_was_taken_away_or_made_harmless_is_missed():
    assert append_only.missing() == []
    append_only.remove()
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "CREATE TRIGGER core_trailline_refuses_update BEFORE UPDATE ON core_trailline"
                " WHEN 1 = 0 BEGIN SELECT RAISE(ABORT, 'append-only: core_trailline'); END"
            )
        else:
            cursor.execute(
                "CREATE TRIGGER core_trailline_refuses_change BEFORE UPDATE OR DELETE"
                " ON core_trailline FOR EACH ROW WHEN (1 = 0)"
                " EXECUTE FUNCTION nennep_refuse_change()"
            )

    assert len(append_only.missing()) == (6 if connection.vendor == "sqlite" else 4)

    append_only.guard()
    assert append_only.missing() == []
    assert refused("UPDATE core_trailline SET actor_label = 'X'")


def test_the_trail_of_an_organisation_is_never_emptied():
    with pytest.raises(Refusal, match=r"."), append_only.lifted():
        TrailLine.objects.all().delete()

    assert TrailLine.objects.count() == 2
    assert append_only.missing() == []


def test_the_trail_of_a_demonstration_may_be_emptied_and_is_guarded_again():
    Installation.objects.create(is_demonstration=True)
    with append_only.lifted():
        TrailLine.objects.all().delete()
        TrailSeal.objects.all().delete()

    assert TrailLine.objects.count() == 0
    assert append_only.missing() == []


def test_when_the_emptying_breaks_off_everything_stands_as_before():
    Installation.objects.create(is_demonstration=True)

    def break_off() -> None:
        with append_only.lifted():
            TrailLine.objects.all().delete()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        break_off()

    assert TrailLine.objects.count() == 2
    assert append_only.missing() == []
