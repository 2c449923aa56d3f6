"""What people do with rules. A change closes a value and opens another; the past stays."""

import re
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from nennep.core import clock
from nennep.core.fields import below
from nennep.core.person import Person
from nennep.core.refusal import Refusal
from nennep.core.secret_guard import refuse_secret
from nennep.core.text import vn_date
from nennep.core.trail import record
from nennep.regulations.actions.stamp import tell, turn_page
from nennep.regulations.choices import Mark
from nennep.regulations.models import Basis, RuleValue
from nennep.regulations.rules import Problem, RuleField, known_rules, overlaps

PATH = re.compile(r"([0-9A-Z]{4}\.)*")
DAY = timedelta(days=1)


@transaction.atomic
def enter_value(  # noqa: PLR0913 -- the columns of a rule, by name
    key: str,
    *,
    value: Any,
    scope_path: str,
    valid_from: date,
    valid_to: date | None = None,
    basis: Basis,
    clause: str,
    mark: str = Mark.PROBABLE,
    note: str = "",
    by: Person,
) -> RuleValue:
    """Give a rule a value, for all or for a subtree, for a time in which it has none there."""
    _refuse_wrong_value(key, value)
    _refuse_wrong_source(clause, mark)
    refuse_secret(clause, note)
    if not PATH.fullmatch(scope_path):
        raise Refusal(_("There is no such unit."), code="unknown_place", field="place")
    if valid_to is not None and valid_to < valid_from:
        raise Refusal(
            _("The last day comes before the first. Correct one of the two."),
            code="ends_before_it_begins",
            field="valid_to",
        )
    turn_page()
    _refuse_overlap(key, scope_path, valid_from, valid_to)
    entered = _new_value(
        scope_path=scope_path,
        key=key,
        value=value,
        valid_from=valid_from,
        valid_to=valid_to,
        basis=basis,
        clause=clause,
        mark=mark,
        note=note,
        by=by,
    )
    record("entered a rule", entered, by=by, key=key, value=value, valid_from=valid_from)
    tell(scope_path, valid_from)
    return entered


@transaction.atomic
def replace_value(
    old: RuleValue,
    *,
    value: Any,
    since: date,
    basis: Basis,
    clause: str,
    mark: str = Mark.PROBABLE,
    note: str = "",
    by: Person,
) -> RuleValue:
    """From a day on the rule says something else; up to the day before, what it said stands."""
    _refuse_wrong_value(old.key, value)
    _refuse_wrong_source(clause, mark)
    refuse_secret(clause, note)
    turn_page()
    old = RuleValue.objects.get(pk=old.pk)
    _refuse_outside(old, since)
    last_day = old.valid_to
    _close(old, since - DAY)
    new = _new_value(
        scope_path=old.scope_path,
        key=old.key,
        value=value,
        valid_from=since,
        valid_to=last_day,
        basis=basis,
        clause=clause,
        mark=mark,
        note=note,
        by=by,
    )
    record("replaced a rule", new, by=by, key=old.key, old=old.value, new=value, since=since)
    tell(old.scope_path, since)
    return new


@transaction.atomic
def withdraw_value(old: RuleValue, *, last_day: date, by: Person) -> RuleValue:
    """The rule ends with a day; after it there is no rule here, or the one from above holds."""
    turn_page()
    old = RuleValue.objects.get(pk=old.pk)
    if last_day < old.valid_from:
        raise Refusal(
            _("The rule began on %(day)s: it cannot end before that.")
            % {"day": vn_date(old.valid_from)},
            code="ends_before_it_begins",
            field="last_day",
        )
    if old.valid_to is not None and last_day >= old.valid_to:
        raise Refusal(
            _("The rule ends on %(day)s already. Choose an earlier day.")
            % {"day": vn_date(old.valid_to)},
            code="ended_already",
            field="last_day",
        )
    _close(old, last_day)
    record("ended a rule", old, by=by, key=old.key, last_day=last_day)
    tell(old.scope_path, last_day + DAY)
    return old


@transaction.atomic
def carry_scope(*, old_path: str, new_path: str, since: date, by: Person) -> int:
    """A unit moves: the rules entered at it and below go with it from that day on.

    Up to the day before they hold at the old path, where the facts of that time stay.
    """
    affected = RuleValue.objects.filter(below("scope_path", old_path)).exclude(valid_to__lt=since)
    if not affected.exists():
        return 0
    turn_page()
    moving = list(affected)
    for old in moving:
        _carry(old, new_path + old.scope_path.removeprefix(old_path), since)
    record("carried rules to another place", None, by=by, count=len(moving), since=since)
    tell(new_path, since)
    return len(moving)


def _carry(old: RuleValue, new_path: str, since: date) -> None:
    if old.valid_from >= since:
        old.scope_path = new_path
        old.save(update_fields=["scope_path"])
        return
    RuleValue.objects.create(
        scope_path=new_path,
        key=old.key,
        value=old.value,
        valid_from=since,
        valid_to=old.valid_to,
        basis_id=old.basis_id,
        clause=old.clause,
        mark=old.mark,
        note=old.note,
        rule_set=old.rule_set,
        entered_by_id=old.entered_by_id,
        entered_at=old.entered_at,
        changed_at=clock.now(),
        confirmed_by_id=old.confirmed_by_id,
        confirmed_at=old.confirmed_at,
    )
    _close(old, since - DAY)


def _new_value(*, clause: str, note: str, by: Person, **columns: Any) -> RuleValue:
    return RuleValue.objects.create(
        clause=clause.strip(),
        note=note.strip(),
        entered_by_id=by.pk,
        entered_at=clock.now(),
        changed_at=clock.now(),
        **columns,
    )


def _close(old: RuleValue, last_day: date) -> None:
    old.valid_to, old.changed_at = last_day, clock.now()
    old.save(update_fields=["valid_to", "changed_at"])


def _refuse_wrong_value(key: str, value: Any) -> None:
    rule = known_rules().get(key)
    if rule is None:
        raise Refusal(
            _("There is no rule named “%(key)s”. Choose one from the list.") % {"key": key},
            code="unknown_rule",
            field="key",
        )
    if problem := rule.problem_with(value):
        raise Refusal(_sentence(problem, rule), code=problem.value, field="value")


def _sentence(problem: Problem, rule: RuleField) -> str:
    return {
        Problem.NOT_WHOLE: _("Write a whole number, for example 90."),
        Problem.OUT_OF_RANGE: _("Write a number from %(least)s to %(most)s.")
        % {"least": rule.least, "most": rule.most},
        Problem.NOT_A_SHARE: _("Write a share between 0 and 1, such as 0.85 or 2/3."),
        Problem.NOT_A_FLAG: _("Choose yes or no."),
        Problem.NOT_AN_OPTION: _("Choose one of: %(options)s.")
        % {"options": ", ".join(rule.options)},
        Problem.NOT_ROWS: _("One of the lines cannot be read. Write in each line: %(columns)s.")
        % {"columns": " | ".join(rule.options)},
        Problem.NOT_A_NORM: _("Write a share between 0 and 1 and the side it is compared on."),
        Problem.NOT_A_SHEET: _(
            "The sheet is not complete. Open its own page to see what is missing."
        ),
    }[problem]


def _refuse_wrong_source(clause: str, mark: str) -> None:
    if not clause.strip():
        raise Refusal(
            _("Say which clause of the document this is, so that others can check it."),
            code="clause_missing",
            field="clause",
        )
    if mark not in {Mark.CERTAIN, Mark.PROBABLE, Mark.DERIVED}:
        raise Refusal(
            _("Say how certain the value is: certain, probable or our own setting."),
            code="wrong_mark",
            field="mark",
        )


def _refuse_overlap(key: str, scope_path: str, start: date, end: date | None) -> None:
    for other in RuleValue.objects.of(key, scope_path):
        if overlaps(start, end, other.valid_from, other.valid_to):
            raise Refusal(
                _(
                    "The rule already has a value here for part of this time (%(span)s). Replace that value from a day on, or choose other days."
                )
                % {"span": _span(other)},
                code="overlap",
                field="valid_from",
            )


def _span(value: RuleValue) -> str:
    if value.valid_to is None:
        return _("from %(first)s") % {"first": vn_date(value.valid_from)}
    return _("from %(first)s to %(last)s") % {
        "first": vn_date(value.valid_from),
        "last": vn_date(value.valid_to),
    }


def _refuse_outside(old: RuleValue, since: date) -> None:
    if since <= old.valid_from:
        raise Refusal(
            _("The value holds from %(day)s. Choose a later day, so that its past is kept.")
            % {"day": vn_date(old.valid_from)},
            code="past_would_be_lost",
            field="since",
        )
    if old.valid_to is not None and since > old.valid_to:
        raise Refusal(
            _("The value ended on %(day)s. Enter a new one for the time after it.")
            % {"day": vn_date(old.valid_to)},
            code="ended_already",
            field="since",
        )
