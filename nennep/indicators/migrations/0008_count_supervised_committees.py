"""Committees that were inspected before their inspections counted wait to be counted."""

from django.db import migrations


def note_committees(apps, schema_editor):
    unit = apps.get_model("organisation", "Unit")
    inspection = apps.get_model("quality", "Inspection")
    recommendation = apps.get_model("quality", "Recommendation")
    dirt = apps.get_model("indicators", "DirtyCell")
    inspected = inspection.objects.filter(ended_on__isnull=False).values("unit_id")
    asked = recommendation.objects.filter(withdrawn_on__isnull=True).values("unit_id")
    supervised = unit.objects.filter(pk__in=inspected) | unit.objects.filter(pk__in=asked)
    committees = supervised.exclude(kind__in=["grassroots_cell", "cell"]).distinct()
    dirt.objects.bulk_create(
        [
            dirt(cell_id=pk, path=path, why="supervision")
            for pk, path in committees.values_list("pk", "path")
        ],
        ignore_conflicts=True,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("indicators", "0007_supervision"),
        ("organisation", "__first__"),
        ("quality", "0003_supervision"),
    ]

    operations = [migrations.RunPython(note_committees, migrations.RunPython.noop)]
