"""The pages of meetings: home, the five steps, plan, ledger, past meetings, passes, printing."""

from nennep.meetings.views.alerts import alerts
from nennep.meetings.views.calls import calls, calls_file
from nennep.meetings.views.concluding import conclude
from nennep.meetings.views.discussing import discuss
from nennep.meetings.views.following import follow, signed_copy
from nennep.meetings.views.home import home
from nennep.meetings.views.items import item
from nennep.meetings.views.ledger import answer, explain, ledger_home, unit_ledger
from nennep.meetings.views.listing import meeting_list, meeting_page
from nennep.meetings.views.opening import roll_call
from nennep.meetings.views.passes import enter_by_code, minute_pass
from nennep.meetings.views.past import past_meeting
from nennep.meetings.views.planning import change, plan
from nennep.meetings.views.preparing import prepare
from nennep.meetings.views.printing import paper_file, paper_page, yearly_book
from nennep.meetings.views.returns import enter_returns, take_back_return
from nennep.meetings.views.topics import topics, withdraw

__all__ = [
    "alerts",
    "answer",
    "calls",
    "calls_file",
    "change",
    "conclude",
    "discuss",
    "enter_by_code",
    "enter_returns",
    "explain",
    "follow",
    "home",
    "item",
    "ledger_home",
    "meeting_list",
    "meeting_page",
    "minute_pass",
    "paper_file",
    "paper_page",
    "past_meeting",
    "plan",
    "prepare",
    "roll_call",
    "signed_copy",
    "take_back_return",
    "topics",
    "unit_ledger",
    "withdraw",
    "yearly_book",
]
