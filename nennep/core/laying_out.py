"""Brings the tables to what this program needs: an empty database at once, any other step by step.

The steps of all past versions come to what the models say now, and take twenty times as long; that
both ways lead to the same tables is tested (tests/test_laying_out.py).
"""

from django.apps import apps
from django.core.management import call_command
from django.core.management.sql import emit_post_migrate_signal, emit_pre_migrate_signal
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Model


def bring_up() -> None:
    executor = MigrationExecutor(connection)
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return
    if _is_empty():
        lay_out(executor)
    else:
        call_command("migrate", interactive=False, verbosity=0)


def lay_out(executor: MigrationExecutor) -> None:
    """All tables as the models have them, and every migration marked as done, in one transaction."""
    emit_pre_migrate_signal(verbosity=0, interactive=False, db=connection.alias)
    executor.recorder.ensure_schema()
    with connection.schema_editor() as editor:
        for model in _models():
            editor.create_model(model)
        for app, name in executor.loader.disk_migrations:
            executor.recorder.record_applied(app, name)
    emit_post_migrate_signal(verbosity=0, interactive=False, db=connection.alias)


def _is_empty() -> bool:
    recorded = MigrationRecorder.Migration._meta.db_table
    return set(connection.introspection.table_names()) <= {recorded} and not (
        MigrationRecorder(connection).applied_migrations()
    )


def _models() -> list[type[Model]]:
    return [model for model in apps.get_models() if model._meta.can_migrate(connection)]
