"""Before a demonstration is built: is there anything here that may not be lost?"""

from django.core.management.color import no_style
from django.db import connection
from django.utils.translation import gettext as _

from nennep.core import append_only, clock
from nennep.core.models import Installation
from nennep.core.refusal import Refusal
from nennep.organisation.models import Unit

KEPT = frozenset({"django_migrations", "django_content_type", "auth_permission"})


def refuse_real_organisation() -> None:
    is_demonstration = Installation.objects.filter(is_demonstration=True).exists()
    if is_demonstration or not (Unit.objects.exists() or Installation.objects.exists()):
        return
    raise Refusal(
        _(
            "This database holds a real organisation. A demonstration would replace it, so nothing"
            " was done. Name another data folder in NENNEP_DATA."
        ),
        code="real_organisation",
    )


def empty_tables() -> None:
    """Every row of the demonstration before; ids begin at 1 again.

    Without constraints SQLite empties a table in one step, PostgreSQL truncates anyway. The trail
    of a demonstration is emptied too; that of an organisation never is (`append_only.lifted`).
    """
    tables = [
        table
        for table in connection.introspection.django_table_names(
            only_existing=True, include_views=False
        )
        if table not in KEPT
    ]
    statements = connection.ops.sql_flush(
        no_style(), tables, reset_sequences=True, allow_cascade=True
    )
    with connection.constraint_checks_disabled(), append_only.lifted():
        connection.ops.execute_sql_flush(statements)
    clock.forget()
