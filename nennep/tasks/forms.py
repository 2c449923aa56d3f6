"""What pages ask about tasks: person, task and day; the rest is prefilled or may be left."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nennep.core import clock
from nennep.core.refusal import Refusal
from nennep.core.text import vn_date
from nennep.meetings.models import Resolution
from nennep.members.models import Member
from nennep.members.queries import RollEntry
from nennep.organisation.models import Unit
from nennep.tasks.actions import NewTask, Receivers
from nennep.tasks.choices import Judgement, TaskSource
from nennep.tasks.models import Assignment, Task
from nennep.tasks.rules import ClarityScheme
from nennep.ui.form_fields import count_field, day_field

LONG = forms.Textarea(attrs={"rows": 2})
OF_CELL = (TaskSource.RESOLUTION, TaskSource.CONCLUSION, TaskSource.DIRECTION, TaskSource.PLAN)
OF_COMMITTEE = (TaskSource.PROGRAMME, TaskSource.RESOLUTION, TaskSource.DIRECTION, TaskSource.PLAN)


class TaskForm(forms.Form):
    """Task and day, what it comes of, and the other clear questions in force."""

    what = forms.CharField(label=_("What is to be done"), max_length=500, widget=LONG)
    due_on = day_field(_("Until when"), required=False)
    working_days = count_field(_("or within so many working days"))
    source = forms.ChoiceField(label=_("What it comes of"), choices=())
    basis = forms.CharField(
        label=_("Number and symbol, or in words"), max_length=200, required=False
    )

    def __init__(
        self, data: Any, *, sources: Sequence[TaskSource], scheme: ClarityScheme, **initial: Any
    ) -> None:
        super().__init__(data, initial={"source": sources[-1], **initial})
        self.scheme = scheme
        self.fields["source"].choices = [(s.value, s.label) for s in sources]  # type: ignore[attr-defined]  # a ChoiceField
        for question in scheme.others:
            self.fields[f"answer_{question.code}"] = forms.CharField(
                label=question.question, max_length=300, required=False
            )

    @property
    def answer_fields(self) -> list[Any]:
        return [self[f"answer_{question.code}"] for question in self.scheme.others]

    def task(self, **more: Any) -> NewTask:
        given = self.cleaned_data
        return NewTask(
            what=given["what"],
            source=given["source"],
            due_on=given["due_on"],
            working_days=given["working_days"],
            basis=given["basis"],
            answers={q.code: given[f"answer_{q.code}"] for q in self.scheme.others},
            **more,
        )


class MemberTaskForm(TaskForm):
    """Given by a cell to its members: ticked by name, or somebody in words."""

    who = forms.MultipleChoiceField(
        label=_("Who does it"), required=False, widget=forms.CheckboxSelectMultiple
    )
    who_text = forms.CharField(label=_("or in words"), max_length=200, required=False)
    follower = forms.ChoiceField(label=_("Who of the committee follows it"), required=False)
    resolution = forms.ModelChoiceField(
        Resolution.objects.none(), label=_("Paper of the cell"), required=False
    )

    def __init__(
        self,
        data: Any,
        *,
        cell: Unit,
        roll: Sequence[RollEntry],
        scheme: ClarityScheme,
        **initial: Any,
    ) -> None:
        super().__init__(data, sources=OF_CELL, scheme=scheme, **initial)
        people = [(str(entry.member_id), entry.name) for entry in roll]
        leaders = [(str(e.member_id), e.name) for e in roll if e.position]
        self.fields["who"].choices = people  # type: ignore[attr-defined]  # a choice of names
        self.fields["follower"].choices = [("", "–"), *leaders]  # type: ignore[attr-defined]  # likewise
        self.fields["resolution"].queryset = papers_of(cell)  # type: ignore[attr-defined]  # likewise
        self.fields["resolution"].label_from_instance = paper_label  # type: ignore[attr-defined]  # likewise

    @property
    def receivers(self) -> Receivers:
        given = self.cleaned_data
        ids = [int(pk) for pk in given["who"]]
        follower = Member.objects.get(pk=int(given["follower"])) if given["follower"] else None
        people = Member.objects.in_bulk(ids)
        return Receivers([people[pk] for pk in ids], (), given["who_text"], follower)


class UnitTaskForm(TaskForm):
    """Given by a committee to units: all cells below, all units directly below, or some of these."""

    CELLS, UNITS, SOME = "cells", "units", "some"

    to = forms.ChoiceField(
        label=_("Who does it"),
        choices=[
            (CELLS, _("All cells below")),
            (UNITS, _("All organisations directly below")),
            (SOME, _("Only those ticked here")),
        ],
        widget=forms.RadioSelect,
        initial=CELLS,
    )
    some = forms.ModelMultipleChoiceField(
        Unit.objects.none(),
        label=_("Organisations directly below"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    carries_out = forms.ModelChoiceField(
        Task.objects.none(), label=_("Carries out the superior's task"), required=False
    )

    def __init__(self, data: Any, *, unit: Unit, scheme: ClarityScheme, **initial: Any) -> None:
        super().__init__(data, sources=OF_COMMITTEE, scheme=scheme, **initial)
        self.unit = unit
        self.fields["some"].queryset = Unit.objects.filter(parent=unit).living()  # type: ignore[attr-defined]  # a choice of rows
        received = Task.objects.filter(is_to_units=True, assignments__unit=unit)
        self.fields["carries_out"].queryset = received  # type: ignore[attr-defined]  # likewise

    @property
    def receivers(self) -> Receivers:
        given = self.cleaned_data
        if given["to"] == self.CELLS:
            return Receivers(units=list(Unit.objects.within(self.unit).cells().living()))
        if given["to"] == self.UNITS:
            return Receivers(units=list(Unit.objects.filter(parent=self.unit).living()))
        return Receivers(units=list(given["some"]))


class ReportForm(forms.Form):
    """What came of it. Without the tick it is a word on the way."""

    result = forms.CharField(label=_("Result"), max_length=500, required=False, widget=LONG)
    is_done = forms.BooleanField(label=_("Done"), required=False)
    done_on = day_field(_("Done on"), required=False)

    def __init__(self, data: Any = None, *, assignment: Assignment) -> None:
        initial = {
            "result": assignment.result,
            "is_done": assignment.done_on is not None,
            "done_on": assignment.done_on or clock.today(),
        }
        super().__init__(data, initial=initial)

    @property
    def given(self) -> dict[str, Any]:
        said = self.cleaned_data
        done_on: date | None = (said["done_on"] or clock.today()) if said["is_done"] else None
        return {"result": said["result"], "done_on": done_on}


class JudgeForm(forms.Form):
    judgement = forms.ChoiceField(
        label=_("Judgement"), choices=Judgement.choices, widget=forms.RadioSelect
    )
    remark = forms.CharField(label=_("Remark"), max_length=300, required=False)


class TimeForm(forms.Form):
    due_on = day_field(_("New day"))
    reason = forms.CharField(label=_("Why"), max_length=300, required=False)


class WithdrawForm(forms.Form):
    reason = forms.CharField(label=_("Why"), max_length=300)


class YearForm(forms.Form):
    """A line for each member of the roll. An empty line: no task of the year."""

    resolution = forms.ModelChoiceField(
        Resolution.objects.none(), label=_("Decided by"), required=False
    )

    def __init__(
        self,
        data: Any,
        *,
        cell: Unit,
        roll: Sequence[RollEntry],
        stands: Mapping[int, Assignment],
        sheet: Task | None,
    ) -> None:
        super().__init__(data, initial={"resolution": sheet.resolution_id if sheet else None})
        self.roll = roll
        self.fields["resolution"].queryset = papers_of(cell)  # type: ignore[attr-defined]  # a choice of rows
        self.fields["resolution"].label_from_instance = paper_label  # type: ignore[attr-defined]  # likewise
        leaders = [("", "–"), *((str(e.member_id), e.name) for e in roll if e.position)]
        for entry in roll:
            known = stands.get(entry.member_id)
            self.fields[f"what_{entry.member_id}"] = forms.CharField(
                label=entry.name,
                max_length=500,
                required=False,
                initial=known.part if known else "",
                widget=forms.Textarea({"rows": 1}),
            )
            self.fields[f"follower_{entry.member_id}"] = forms.ChoiceField(
                label=_("Followed by"),
                choices=leaders,
                required=False,
                initial=known.follower_id if known else "",
                widget=forms.Select(
                    {"aria-label": _("Followed by: %(name)s") % {"name": entry.name}}
                ),
            )

    @property
    def lines(self) -> list[tuple[Any, Any]]:
        return [
            (self[f"what_{entry.member_id}"], self[f"follower_{entry.member_id}"])
            for entry in self.roll
        ]


def papers_of(cell: Unit) -> Any:
    """The cell's numbered papers, the latest first."""
    rows = Resolution.objects.filter(meeting__unit=cell, number__isnull=False)
    return rows.select_related("meeting__unit").order_by("-issued_on", "-id")


def paper_label(paper: Resolution) -> str:
    return f"{paper.symbol}, {vn_date(paper.issued_on)}: {paper.summary}".strip(": ")


def kept(form: forms.Form, refusal: Refusal) -> None:
    """A refusal stands beside its field; what was typed stays."""
    form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)


class AdoptForm(forms.Form):
    """Where and from when a shipped scheme of clear questions holds."""

    place = forms.CharField(
        label=_("Code of the unit"),
        max_length=20,
        help_text=_("It holds for this unit and all below it."),
    )
    since = day_field(_("From"))
