"""What lies on the desk of the handbook in the demonstration: a text in review, and a draft."""

import dataclasses

from nennep.accounts.models import User
from nennep.demo.plan.words import preset
from nennep.library.actions import handbook as acts
from nennep.library.models import Branch, Entry
from nennep.library.queries.handbook import whole_revisions
from nennep.library.rules.handbook import entry_text


def fill_desk() -> None:
    """The writer of the city hands in a new question, and has begun to change another one."""
    told = preset("handbook")
    writer = User.objects.get(username=told["writer"])
    branch = Branch.objects.get(code=told["new"]["branch"])
    acts.hand_in(acts.new_entry(branch, text=entry_text(told["new"]), by=writer), by=writer)
    entry = Entry.objects.get(code=told["changed"]["code"])
    text = whole_revisions().get(current_of=entry).text
    notes = (*text.notes, told["changed"]["note"])
    acts.write_entry(entry, text=dataclasses.replace(text, notes=notes), by=writer)
