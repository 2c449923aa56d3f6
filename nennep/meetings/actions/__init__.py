"""What people do with meetings. Bulk history is in `history`, apart."""

from nennep.meetings.actions.agenda import (
    add_item,
    add_prompts,
    edit_item,
    mark_on_paper,
    move_item,
    remove_item,
)
from nennep.meetings.actions.calling import note_call
from nennep.meetings.actions.checklist import add_task, assign_task, remove_task, tick_checklist
from nennep.meetings.actions.closing import Closing, add_addendum, close_minutes, missing
from nennep.meetings.actions.explaining import (
    answer_explanation,
    explain_absence,
    withdraw_explanation,
)
from nennep.meetings.actions.holding import (
    GroupPartGiven,
    add_guest,
    end_meeting,
    mark_steps,
    open_meeting,
    remove_guest,
    set_dues,
    set_group_parts,
    start_thematic,
    undo_open,
)
from nennep.meetings.actions.passes import GivenPass, end_pass, give_minute_pass, redeem
from nennep.meetings.actions.past import (
    PastSheet,
    SheetGuest,
    SheetLine,
    SheetVote,
    record_past_meeting,
)
from nennep.meetings.actions.planning import (
    cancel_meeting,
    move_meeting,
    plan_meeting,
    undo_cancel,
)
from nennep.meetings.actions.preparing import prepare
from nennep.meetings.actions.recording import (
    EditedMeanwhile,
    adopt_minutes,
    declare_free_of_secrets,
    write_closing,
    write_item,
    write_opening,
)
from nennep.meetings.actions.rekinding import change_kind
from nennep.meetings.actions.resolving import (
    add_line,
    edit_line,
    record_result,
    remove_line,
    remove_resolution,
    write_resolution,
)
from nennep.meetings.actions.returns import record_returns, take_return_back, tell_months
from nennep.meetings.actions.roll_call import (
    take_roll,
    take_roll_back,
    take_roll_figures,
    who_spoke,
)
from nennep.meetings.actions.sending import (
    mark_finished_sent,
    mark_invited,
    mark_papers_sent,
    mark_superior_told,
    unmark,
)
from nennep.meetings.actions.signed_copies import keep_signed_copy, read_signed_copy
from nennep.meetings.actions.taking_back import take_back
from nennep.meetings.actions.topics import set_topic, withdraw_topic
from nennep.meetings.actions.voting import record_vote, remove_vote
from nennep.meetings.rules.attendance import Absence
from nennep.meetings.rules.figures import RollFigures

__all__ = [
    "Absence",
    "Closing",
    "EditedMeanwhile",
    "GivenPass",
    "GroupPartGiven",
    "PastSheet",
    "RollFigures",
    "SheetGuest",
    "SheetLine",
    "SheetVote",
    "add_addendum",
    "add_guest",
    "add_item",
    "add_line",
    "add_prompts",
    "add_task",
    "adopt_minutes",
    "answer_explanation",
    "assign_task",
    "cancel_meeting",
    "change_kind",
    "close_minutes",
    "declare_free_of_secrets",
    "edit_item",
    "edit_line",
    "end_meeting",
    "end_pass",
    "explain_absence",
    "give_minute_pass",
    "keep_signed_copy",
    "mark_finished_sent",
    "mark_invited",
    "mark_on_paper",
    "mark_papers_sent",
    "mark_steps",
    "mark_superior_told",
    "missing",
    "move_item",
    "move_meeting",
    "note_call",
    "open_meeting",
    "plan_meeting",
    "prepare",
    "read_signed_copy",
    "record_past_meeting",
    "record_result",
    "record_returns",
    "record_vote",
    "redeem",
    "remove_guest",
    "remove_item",
    "remove_line",
    "remove_resolution",
    "remove_task",
    "remove_vote",
    "set_dues",
    "set_group_parts",
    "set_topic",
    "start_thematic",
    "take_back",
    "take_return_back",
    "take_roll",
    "take_roll_back",
    "take_roll_figures",
    "tell_months",
    "tick_checklist",
    "undo_cancel",
    "undo_open",
    "unmark",
    "who_spoke",
    "withdraw_explanation",
    "withdraw_topic",
    "write_closing",
    "write_item",
    "write_opening",
    "write_resolution",
]
