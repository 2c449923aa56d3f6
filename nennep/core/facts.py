"""The signals by which a lower app says that facts changed, without knowing who listens.

`facts_changed` carries `cell` (a unit), `month` (its first day, or None for "all of them") and
`kind`: "month" for what was recorded of a month, "tasks" for the tasks due in it (without a month:
for who has one), "supervision" for what a superior did of it, "proposals" for what
a superior (`cell`) owed those below in it, "roll" for who is on the roll,
"place" for where the unit stands and as what, "below" for anything under the unit; "months" says
the first of many cells at once (`cells`, ids), "stocks" that what is counted of them on a day changed. `rules_changed` carries `scope_path` and `since`.
"""

from django.dispatch import Signal

facts_changed = Signal()
rules_changed = Signal()
