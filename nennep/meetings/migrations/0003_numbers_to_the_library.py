"""The series of numbers become the library's: the table keeps its rows under its new name."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("meetings", "0002_the_month_to_the_last_detail")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.AlterModelTable("NumberSeries", "library_numberseries")],
            state_operations=[migrations.DeleteModel("NumberSeries")],
        ),
    ]
