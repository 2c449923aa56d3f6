"""The changes a unit's page offers, each where it makes sense."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from nennep.organisation.forms.changes import (
    BlockForm,
    ChangeForm,
    CloseForm,
    KindForm,
    MoveForm,
    NationalCodeForm,
    NewUnitForm,
    PartyGroupForm,
    RenameForm,
    SuccessorForm,
    TermForm,
)
from nennep.organisation.models import Unit

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Change:
    """A change as the unit's page offers it: its address, its words, when it makes sense."""

    name: str
    slug: str
    label: StrOrPromise
    icon: str
    form: type[ChangeForm]
    lead: StrOrPromise = ""
    applies: Callable[[Unit], bool] = lambda unit: unit.ended_on is None


def _ended(unit: Unit) -> bool:
    return unit.ended_on is not None


CHANGES: dict[str, Change] = {
    change.slug: change
    for change in (
        Change(
            "create",
            "them",
            _("Add an organisation below"),
            "plus",
            NewUnitForm,
            applies=lambda unit: unit.ended_on is None and not unit.is_cell,
        ),
        Change(
            "rename",
            "doi-ten",
            _("Rename"),
            "edit",
            RenameForm,
            _("Documents and figures up to the day before keep the old name."),
        ),
        Change(
            "change-kind",
            "doi-loai",
            _("Change the kind"),
            "tree",
            KindForm,
            _("Months up to the day before are counted under the old kind."),
        ),
        Change(
            "change-block",
            "doi-loai-hinh",
            _("Change the block"),
            "filter",
            BlockForm,
            _("Months up to the day before are counted in the old block."),
        ),
        Change(
            "move",
            "chuyen",
            _("Move under another organisation"),
            "arrow",
            MoveForm,
            _("Everything below moves along. Months up to the day before stay where they were."),
            applies=lambda unit: unit.ended_on is None and unit.parent_id is not None,
        ),
        Change(
            "begin-term",
            "nhiem-ky",
            _("Record a term"),
            "people",
            TermForm,
            _("A term that still runs ends on the day before the new one begins."),
        ),
        Change(
            "open-party-group",
            "to-dang",
            _("Form a party group"),
            "people",
            PartyGroupForm,
            applies=lambda unit: unit.ended_on is None and unit.is_cell,
        ),
        Change(
            "national-code",
            "ma-quoc-gia",
            _("National code"),
            "info",
            NationalCodeForm,
            _(
                "Province, level above grassroots, grassroots organisation, committee below it, cell."
            ),
        ),
        Change(
            "close",
            "ket-thuc",
            _("End the organisation"),
            "cross",
            CloseForm,
            _("What was recorded stays. Members must have gone to other cells first."),
            applies=lambda unit: unit.ended_on is None and unit.parent_id is not None,
        ),
        Change(
            "record-part",
            "tach",
            _("A part goes on elsewhere"),
            "copy",
            SuccessorForm,
            _("This organisation lives on; the other one was divided off from it."),
        ),
        Change(
            "record-successor",
            "ke-tuc",
            _("Record who carries on its work"),
            "undo",
            SuccessorForm,
            _("Several organisations may; one of them is the principal one."),
            applies=_ended,
        ),
    )
}
