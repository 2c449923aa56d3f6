"""What every change of the roll stands on: a locked row, days in order, a word to the figures."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _

from nennep.core import clock, facts, trail
from nennep.core.fields import holding_on
from nennep.core.person import Person
from nennep.core.refusal import Refusal
from nennep.core.text import fold, name_key, tidy, vn_date
from nennep.members.choices import Sex
from nennep.members.models import Member, Position, Standing
from nennep.members.rules import DAY, OLDEST_BIRTH_YEAR
from nennep.organisation.models import PartyGroup, Unit

LONGEST_NAME = 100


def locked(member: Member) -> Member:
    """The member as stored now, once nobody else can change it. Refuses one that was merged."""
    fresh = Member.objects.select_for_update().get(pk=member.pk)
    if fresh.merged_into_id is not None:
        raise Refusal(
            _("This entry was joined with another of the same person. Open that one."),
            code="merged",
        )
    return fresh


def present_standing(member: Member) -> Standing:
    standing = (
        Standing.objects.filter(member=member, valid_to__isnull=True).select_related("unit").first()
    )
    if standing is None:
        raise Refusal(
            _("%(name)s is not on the roll of a cell now. Receive them into a cell first.")
            % {"name": member.full_name},
            code="not_on_the_roll",
        )
    return standing


def refuse_future(day: date, field: str = "on") -> None:
    if day > clock.today():
        raise Refusal(
            _("%(day)s has not come yet. Record the change on that day or after it.")
            % {"day": vn_date(day)},
            code="future_day",
            field=field,
        )


def refuse_backwards(valid_from: date, valid_to: date | None, field: str = "valid_to") -> None:
    if valid_to is not None and valid_to < valid_from:
        raise Refusal(
            _("The last day comes before the first. Swap or correct the two days."),
            code="ends_before_it_begins",
            field=field,
        )


def refuse_before(day: date, first: date, field: str = "on") -> None:
    """Changes are recorded in the order of their days."""
    if day < first:
        raise Refusal(
            _(
                "The present entry of this member began on %(day)s. Give that day or a later one;"
                " if that day itself is wrong, correct it first."
            )
            % {"day": vn_date(first)},
            code="before_present_spell",
            field=field,
        )


def refuse_cell(unit: Unit, day: date, field: str = "unit") -> None:
    """Persons are kept in cells only, in those that live on the day, and never in figures-only ones."""
    if not unit.is_cell:
        raise Refusal(
            _("“%(unit)s” is not a cell. Members belong to cells: choose one below it.")
            % {"unit": unit.name},
            code="not_a_cell",
            field=field,
        )
    if unit.is_figures_only:
        raise Refusal(
            _(
                "“%(unit)s” keeps figures only: no person of the police or the army is stored here."
                " Enter its strength as numbers instead."
            )
            % {"unit": unit.name},
            code="figures_only",
            field=field,
        )
    if day < unit.founded_on or (unit.ended_on is not None and day > unit.ended_on):
        raise Refusal(
            _("“%(unit)s” did not exist on %(day)s. Check the day, or choose another cell.")
            % {"unit": unit.name, "day": vn_date(day)},
            code="cell_not_living",
            field="on",
        )


def refuse_group(group: PartyGroup | None, unit: Unit, day: date) -> None:
    if group is None:
        return
    ended = group.valid_to is not None and group.valid_to < day
    if group.unit_id != unit.pk or day < group.valid_from or ended:
        raise Refusal(
            _("The party group “%(group)s” is not one of “%(unit)s” on that day. Choose another.")
            % {"group": group.name, "unit": unit.name},
            code="foreign_group",
            field="party_group",
        )


def refuse_overlap(spells: QuerySet[Any], valid_from: date, valid_to: date | None) -> None:
    """Two spells of a kind never share a day."""
    sharing = spells.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=valid_from))
    if valid_to is not None:
        sharing = sharing.filter(valid_from__lte=valid_to)
    if other := sharing.order_by("valid_from").first():
        raise Refusal(
            _(
                "These days overlap with an entry from %(first)s to %(last)s."
                " End that one first, or give other days."
            )
            % {
                "first": vn_date(other.valid_from),
                "last": vn_date(other.valid_to) or _("no end yet"),
            },
            code="overlap",
            field="valid_from",
        )


def name_fields(full_name: str) -> dict[str, str]:
    """The name as stored, and what it is sorted and searched by."""
    name = tidy(full_name)
    if not name or len(name) > LONGEST_NAME:
        raise Refusal(
            _("Write the full name, at most 100 letters."), code="bad_name", field="full_name"
        )
    return {"full_name": name, "sort_key": name_key(name), "folded_name": fold(name)}


def birth_fields(birth_date: date | None, birth_year: int | None) -> dict[str, Any]:
    """The year always; the date where it is known."""
    year = birth_date.year if birth_date else birth_year
    if year is None:
        raise Refusal(
            _("Give the birth date, or the year alone where only that is known."),
            code="no_birth",
            field="birth_year",
        )
    if birth_date and birth_year and birth_date.year != birth_year:
        raise Refusal(
            _("The birth year is not that of the birth date. Correct one of them."),
            code="birth_differs",
            field="birth_year",
        )
    if not OLDEST_BIRTH_YEAR <= year <= clock.today().year:
        raise Refusal(
            _("%(year)s cannot be a birth year. Write four digits, for example 1956.")
            % {"year": year},
            code="bad_birth_year",
            field="birth_year",
        )
    return {"birth_year": year, "birth_date": birth_date}


def sex_field(sex: str) -> dict[str, str]:
    if sex not in Sex.values:
        raise Refusal(_("Choose male or female."), code="no_sex", field="sex")
    return {"sex": sex}


def end_spells(spells: QuerySet[Any], last_day: date) -> int:
    """Ends the spells that would go on after `last_day`; those that begin later never were."""
    later, _details = spells.filter(valid_from__gt=last_day).delete()
    going_on = spells.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=last_day))
    return later + going_on.update(valid_to=last_day)


def cells_of(member: Member, valid_from: date, valid_to: date | None) -> list[Unit]:
    """The cells whose strength the member belonged to in these days."""
    spells = Standing.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=valid_from), member=member
    )
    if valid_to is not None:
        spells = spells.filter(valid_from__lte=valid_to)
    return list(Unit.objects.filter(pk__in=spells.values("unit_id")))


def told(
    verb: str,
    target: Model,
    cells: Iterable[Unit | None],
    *,
    by: Person,
    since: date | None = None,
    **details: Any,
) -> None:
    """The last step of a change: its line in the trail, and the word to the figures of each cell.

    A committee of today may have been a cell on the day that changed: it is told as well.
    """
    trail.record(verb, target, by=by, **details)
    for cell in {unit.pk: unit for unit in cells if unit is not None}.values():
        facts.facts_changed.send(sender=Member, cell=cell, month=None, kind="roll", since=since)


def forget_phone(member: Member) -> None:
    """An office phone is kept only while a post is held."""
    if not Position.objects.filter(member=member, valid_to__isnull=True).exists():
        member.office_phone = ""
        Member.objects.filter(pk=member.pk).update(office_phone="")


def is_on_roll(member: Member, unit: Unit, day: date) -> bool:
    return Standing.objects.filter(holding_on(day), member=member, unit=unit).exists()


def day_before(day: date) -> date:
    return day - DAY
