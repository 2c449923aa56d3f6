"""The changes a member's page offers, each where it makes sense."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from nennep.core import clock
from nennep.core.person import Person
from nennep.members.choices import StandingKind
from nennep.members.forms.changes import (
    AppointForm,
    AwayForm,
    ChangeForm,
    DismissForm,
    EndExemptionForm,
    EndStayForm,
    ExemptForm,
    GroupForm,
    LeaveForm,
    LiftForm,
    PhoneForm,
    RecogniseForm,
    SuspendForm,
    TransferForm,
    WorkingForm,
    cells_in_reach,
)
from nennep.members.forms.corrections import (
    CardForm,
    CorrectForm,
    FirstDayForm,
    MergeForm,
    StrikeForm,
)
from nennep.members.models import Exemption, Stay
from nennep.members.queries import History

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Applies = Callable[[History, Person], bool]


@dataclass(frozen=True)
class Change:
    """A change as the member's page offers it: its address, its words, when it makes sense."""

    slug: str
    label: StrOrPromise
    icon: str
    form: type[ChangeForm]
    applies: Applies
    lead: StrOrPromise = ""


def _on_roll(history: History, _person: Person) -> bool:
    return history.present is not None


def _reaches_other_cells(_history: History, person: Person) -> bool:
    return cells_in_reach(person)[:2].count() > 1


def _has_post(history: History, _person: Person) -> bool:
    return any(position.valid_to is None for position in history.positions)


def _is_suspended(history: History, _person: Person) -> bool:
    return history.present is not None and history.present.is_suspended


CHANGES: dict[str, Change] = {
    change.slug: change
    for change in (
        Change(
            "cong-nhan",
            _("Recognise as official member"),
            "check",
            RecogniseForm,
            lambda history, _: (
                history.present is not None and history.present.kind == StandingKind.PROBATIONARY
            ),
        ),
        Change(
            "chuc-vu",
            _("Give a post"),
            "person",
            AppointForm,
            lambda history, _: (
                history.present is not None and history.present.kind == StandingKind.OFFICIAL
            ),
        ),
        Change("thoi-chuc-vu", _("End a post"), "cross", DismissForm, _has_post),
        Change("dien-thoai", _("Change the office phone"), "phone", PhoneForm, _has_post),
        Change(
            "to-dang",
            _("Change the party group"),
            "people",
            GroupForm,
            lambda history, _: (
                history.present is not None
                and history.present.unit.party_groups.filter(valid_to__isnull=True).exists()
            ),
        ),
        Change("cong-tac", _("Working or no longer working"), "calendar", WorkingForm, _on_roll),
        Change(
            "mien",
            _("Exempt from work and activities"),
            "clock",
            ExemptForm,
            _on_roll,
            _("An exempt member stays in the strength and need not attend."),
        ),
        Change(
            "het-mien",
            _("End or prolong an exemption"),
            "undo",
            EndExemptionForm,
            lambda history, _: any(_runs(spell) for spell in history.exemptions),
        ),
        Change(
            "tam-thoi",
            _("Temporary activity elsewhere"),
            "arrow",
            AwayForm,
            _on_roll,
            _("The member stays in this cell's strength and need not attend here meanwhile."),
        ),
        Change(
            "het-tam-thoi",
            _("End or prolong temporary activity"),
            "undo",
            EndStayForm,
            lambda history, _: any(_runs(spell) for spell in history.stays),
        ),
        Change(
            "chuyen",
            _("Transfer to another cell"),
            "arrow",
            TransferForm,
            _reaches_other_cells,
            _("Posts in the old cell end the day before."),
        ),
        Change(
            "dinh-chi",
            _("Suspend from activities"),
            "lock",
            SuspendForm,
            lambda history, person: (
                _on_roll(history, person) and not _is_suspended(history, person)
            ),
        ),
        Change("thoi-dinh-chi", _("Lift the suspension"), "undo", LiftForm, _is_suspended),
        Change(
            "so-the",
            _("Card number"),
            "lock",
            CardForm,
            lambda _h, _p: True,
            _("Kept sealed, and shown only to those who manage the members of this cell."),
        ),
        Change(
            "sua-ngay",
            _("Correct a first day"),
            "calendar",
            FirstDayForm,
            lambda history, _: bool(history.standings or history.side_spells),
            _("For a day that was typed wrong. What changed on a day is recorded as a change."),
        ),
        Change(
            "bo-muc",
            _("Take away an entry made by mistake"),
            "cross",
            StrikeForm,
            lambda history, _: bool(history.standings and history.side_spells),
            _("An exemption, a stay or working time that never was. The trail keeps what it said."),
        ),
        Change("sua", _("Correct what was typed"), "edit", CorrectForm, lambda _h, _p: True),
        Change(
            "gop",
            _("Join two entries of one person"),
            "copy",
            MergeForm,
            lambda _h, _p: True,
            _("This entry goes on with what both had; the other one is closed."),
        ),
        Change(
            "roi",
            _("Leaves the roll"),
            "cross",
            LeaveForm,
            _on_roll,
            _("Posts, exemption and temporary activity end on the same day."),
        ),
    )
}


def _runs(spell: Exemption | Stay) -> bool:
    return spell.valid_to is None or spell.valid_to >= clock.today()
