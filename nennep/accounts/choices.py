from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    MEMBER = "member", _("Member")
    SECRETARY = "secretary", _("Cell secretary")
    DEPUTY = "deputy", _("Deputy secretary")
    COMMITTEE_MEMBER = "committee_member", _("Cell committee member")
    MINUTE_TAKER = "minute_taker", _("Minute-taker of one meeting")
    OFFICER = "officer", _("Committee officer")
    VIEWER = "viewer", _("Committee viewer")
    ORGANISATION_OFFICER = "organisation_officer", _("Organisation-department officer")
    ADMINISTRATOR = "administrator", _("Administrator")


# Roles that are held in a cell itself: there, content is one's own.
CELL_ROLES = frozenset(
    {Role.MEMBER, Role.SECRETARY, Role.DEPUTY, Role.COMMITTEE_MEMBER, Role.MINUTE_TAKER}
)


class GrantState(TextChoices):
    """How a grant stands today, for filters."""

    HOLDING = "holding", _("in force")
    ENDING = "ending", _("ending soon")
    OVER = "over", _("expired")
    COMING = "coming", _("not yet")


class Gets(TextChoices):
    """What somebody gets who ought to have an account."""

    ACCOUNT = "account", _("new account")
    ROLE = "role", _("role added")
    SLIP = "slip", _("new slip")


class FactorKind(TextChoices):
    TOTP = "totp", _("Code of an application")
    PASSKEY = "passkey", _("Passkey")


class Can(StrEnum):
    VIEW_GRANTS = "view grants"
    MANAGE_GRANTS = "manage grants"
    VIEW_TRAIL = "view trail"
    VIEW_MEMBER_ACCOUNTS = "view accounts of members"
    LOOK_AFTER_ACCOUNTS = "look after accounts"


# What the audit page calls the changes made here.
TRAIL = {
    "account created": _("Account created"),
    "first administrator created": _("First administrator created"),
    "role granted": _("Role granted"),
    "role withdrawn": _("Role withdrawn"),
    "role ended with its post": _("Role ended with its post"),
    "minute passes ended": _("Codes for minute-takers ended"),
    "role prolonged": _("Role prolonged"),
    "minute pass given": _("Code for a minute-taker given"),
    "password set": _("New password set by the office"),
    "password changed": _("Password changed"),
    "accounts begun": _("Accounts for many asked for"),
    "slips taken": _("Slips with first passwords taken"),
    "account closed": _("Account closed"),
    "signed in": _("Signed in"),
    "signed out": _("Signed out"),
    "sessions ended": _("Devices signed out"),
    "second factor added": _("Second step of signing in set up"),
    "second factor removed": _("Second step of signing in removed"),
    "second factors reset": _("Second step of signing in reset by the office"),
    "recovery codes made": _("Recovery codes made"),
    "recovery code used": _("Recovery code used"),
    "tries forgotten": _("Sign-in opened again after wrong tries"),
}

# What the audit page calls what a line says besides.
TRAIL_DETAILS = {
    "user": _("account"),
    "username": _("account"),
    "role": _("role"),
    "title": _("title"),
    "code": _("code"),
    "name": _("name"),
    "display_name": _("name"),
    "label": _("term"),
    "kind": _("kind"),
    "indicator": _("indicator"),
    "verdict": _("verdict"),
    "cell": _("cell"),
    "parent": _("under"),
    "meeting": _("meeting"),
    "month": _("month"),
    "before": _("before"),
    "after": _("after"),
    "on": _("from"),
    "valid_from": _("from"),
    "valid_to": _("last day"),
    "founded_on": _("founded on"),
    "starts_on": _("first day"),
    "ends_on": _("last day"),
    "last_day": _("last day"),
    "successor": _("goes on as"),
    "also": _("and in part as"),
    "is_principal": _("principal"),
    "unusual": _("unusual place"),
    "reads_content": _("reads minutes and names"),
    "count": _("number"),
    "reason": _("reason"),
    "period": _("month"),
    "planned_at": _("planned for"),
    "started_at": _("began at"),
    "ended_at": _("ended at"),
    "at": _("at"),
    "first_month": _("from the month"),
    "last_month": _("to the month"),
    "day": _("day"),
    "since": _("from"),
    "through": _("to the month"),
    "done_on": _("done on"),
    "due_on": _("due"),
    "year": _("year"),
    "paper": _("paper"),
    "book": _("paper"),
    "form": _("kind of file"),
    "shown": _("persons shown"),
    "subject": _("subject"),
    "question": _("question"),
    "result": _("result"),
    "what": _("what"),
    "item": _("item number"),
    "line": _("line number"),
    "vote": _("vote number"),
    "version": _("version"),
    "issued": _("papers issued"),
    "to": _("moved to"),
    "skipped": _("steps left out"),
    "required": _("expected"),
    "present": _("present"),
    "excused": _("absent with a reason"),
    "unexcused": _("absent without a reason"),
    "paid": _("have paid"),
    "due": _("should pay"),
    "is_accepted": _("accepted"),
    "is_done": _("done"),
    "is_superior": _("from the committee above"),
    "is_working": _("working"),
    "official": _("official members"),
    "probationary": _("probationary members"),
    "exempt": _("exempt members"),
    "basis": _("basis"),
    "symbol": _("number and symbol"),
    "replacement": _("replaced by"),
    "body": _("body"),
    "unit": _("organisation"),
    "group": _("party group"),
    "host": _("cell of temporary activity"),
    "fields": _("what was changed"),
    "old": _("before"),
    "new": _("after"),
    "key": _("rule"),
    "value": _("value"),
    "added": _("added"),
    "updated": _("updated"),
    "kept": _("kept as they were"),
    "moved": _("rows moved"),
    "dropped": _("rows left out"),
    "meetings": _("meetings"),
    "reasons": _("reasons"),
    "cells": _("cells"),
    "cell_months": _("cell-months"),
    "only": _("one meeting alone"),
    "sha256": _("check sum of the file"),
    "file": _("file"),
}
