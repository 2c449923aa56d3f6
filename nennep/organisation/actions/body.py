"""Committees and their terms."""

from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from nennep.core import facts, trail
from nennep.core.person import Person
from nennep.core.refusal import Refusal
from nennep.core.text import tidy, vn_date
from nennep.organisation.actions.tree import locked, present_place
from nennep.organisation.choices import BodyKind
from nennep.organisation.models import Body, Term, Unit

# In a cell there is a cell committee, or a secretary and deputy alone.
BODIES_OF_CELLS = frozenset({BodyKind.CELL_COMMITTEE, BodyKind.CELL_SECRETARIAT})


@transaction.atomic
def establish_body(unit: Unit, kind: str, *, by: Person) -> Body:
    unit = locked(unit)
    present_place(unit)
    if (kind in BODIES_OF_CELLS) != unit.is_cell:
        raise Refusal(
            _("“%(unit)s” has no body of the kind “%(kind)s”.")
            % {"unit": unit.name, "kind": BodyKind(kind).label},
            code="wrong_body",
            field="kind",
        )
    if Body.objects.filter(unit=unit, kind=kind).exists():
        raise Refusal(
            _("This body exists already. Begin a new term of it."), code="body_exists", field="kind"
        )
    body = Body.objects.create(unit=unit, kind=kind)
    trail.record("body established", body, by=by, kind=kind)
    return body


@transaction.atomic
def begin_term(
    body: Body, label: str, *, starts_on: date, by: Person, ends_on: date | None = None
) -> Term:
    """A term. The one that still runs ends on the day before."""
    body = _locked_body(body)
    _refuse_term(body, label, starts_on, ends_on)
    running = Term.objects.filter(body=body, ends_on__isnull=True).first()
    if running:
        running.ends_on = date.fromordinal(starts_on.toordinal() - 1)
        running.save(update_fields=["ends_on"])
    term = Term.objects.create(body=body, label=tidy(label), starts_on=starts_on, ends_on=ends_on)
    trail.record("term begun", body, by=by, label=term.label, starts_on=starts_on, ends_on=ends_on)
    _tell(body)
    return term


@transaction.atomic
def end_term(term: Term, *, last_day: date, by: Person) -> Term:
    body = _locked_body(term.body)
    term = Term.objects.get(pk=term.pk)
    if last_day < term.starts_on:
        raise Refusal(
            _("The term began on %(day)s. Give that day or a later one.")
            % {"day": vn_date(term.starts_on)},
            code="term_ends_before_it_begins",
            field="last_day",
        )
    _refuse_overlap(body, term.starts_on, last_day, term.pk)
    term.ends_on = last_day
    term.save(update_fields=["ends_on"])
    trail.record("term ended", body, by=by, label=term.label, ends_on=last_day)
    _tell(body)
    return term


def _locked_body(body: Body) -> Body:
    locked(body.unit)
    return Body.objects.select_related("unit").get(pk=body.pk)


def _refuse_term(body: Body, label: str, starts_on: date, ends_on: date | None) -> None:
    if not tidy(label):
        raise Refusal(
            _("Write the term as people call it, for example 2022–2025."),
            code="no_label",
            field="label",
        )
    if starts_on < body.unit.founded_on:
        raise Refusal(
            _("“%(unit)s” was founded on %(day)s. Give that day or a later one.")
            % {"unit": body.unit.name, "day": vn_date(body.unit.founded_on)},
            code="before_founding",
            field="starts_on",
        )
    if ends_on is not None and ends_on < starts_on:
        raise Refusal(
            _("The term ends before it begins. Swap the two days."),
            code="term_ends_before_it_begins",
            field="ends_on",
        )
    _refuse_overlap(body, starts_on, ends_on, None)


def _refuse_overlap(body: Body, starts_on: date, ends_on: date | None, own: int | None) -> None:
    """Terms follow one another. A running one that began earlier gives way to a new one."""
    others = Term.objects.filter(body=body)
    others = others.filter(Q(ends_on__gte=starts_on) | Q(ends_on__isnull=True))
    if own is None:
        others = others.exclude(ends_on__isnull=True, starts_on__lt=starts_on)
    else:
        others = others.exclude(pk=own)
    if ends_on is not None:
        others = others.filter(starts_on__lte=ends_on)
    other = others.first()
    if other:
        raise Refusal(
            _("These days overlap with the term %(label)s, which began on %(day)s.")
            % {"label": other.label, "day": vn_date(other.starts_on)},
            code="terms_overlap",
            field="starts_on",
        )


def _tell(body: Body) -> None:
    facts.facts_changed.send(sender=Body, cell=body.unit, month=None, kind="place")
