"""Facts and points as people read them."""

from collections.abc import Callable
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from nennep.core.text import vn_number, vn_percent
from nennep.quality.choices import Waived
from nennep.quality.rules.facts import FACTS, FactKind, MeetingFacts
from nennep.quality.rules.scoring import Line
from nennep.quality.rules.sheets import Criterion, Demand


def points_words(points: Fraction | None) -> str:
    """4 → 4; 4.5 → 4,5; 86.3157… → 86,3."""
    if points is None:
        return "–"
    return vn_number(points, 0 if points.denominator == 1 else 1)


def fact_words(facts: MeetingFacts, code: str) -> str:
    """What was recorded: “27/29 (93,1%)”, “yes”, “2 days before”."""
    value = facts.value(code)
    if value is None:
        return pgettext("a fact", "not recorded")
    if code in _SPECIAL:
        return _SPECIAL[code](facts)
    return _BY_KIND[FACTS[code].kind](facts, code, value)


def facts_told(criterion: Criterion, facts: MeetingFacts) -> str:
    """All facts beside a criterion, in one line; those not recorded are said to be so."""
    if not criterion.is_asked(facts):
        return _("The cell has a secretary alone.") if criterion.waived == Waived.FULL else ""
    return "; ".join(
        f"{_(FACTS[code].label)}: {fact_words(facts, code)}" for code in criterion.facts
    )


def verdict_words(line: Line) -> str:
    """What the facts make of a criterion: points of a rung, met, not met; "" where they decide nothing."""
    proposal = line.proposal
    if proposal.option is not None and proposal.points is not None:
        return proposal.option.title
    if proposal.is_met is None:
        return ""
    return met_words(proposal.is_met)


def met_words(is_met: bool) -> str:  # noqa: FBT001 -- one value, put into words
    return pgettext("a criterion", "met") if is_met else pgettext("a criterion", "not met")


def demand_words(demand: Demand) -> str:
    """A rung's test: “Members present of those required ≥ 90%”."""
    fact = FACTS[demand.fact]
    if fact.kind is FactKind.FLAG:
        return _(fact.label)
    shown = _measured(fact.kind, demand.value)
    return f"{_(fact.label)} {demand.sign} {shown}"


def _measured(kind: FactKind, value: Fraction) -> str:
    """90%, 15 minutes, 2 days; a count as it is."""
    if kind is FactKind.SHARE:
        return vn_percent(value)
    if kind is FactKind.MINUTES:
        return _("%(count)s minutes") % {"count": vn_number(value)}
    if kind is FactKind.DAYS:
        return ngettext("%(count)s day", "%(count)s days", int(value)) % {"count": vn_number(value)}
    return vn_number(value)


def _share(facts: MeetingFacts, code: str, value: Fraction) -> str:
    part, whole = (getattr(facts, name) for name in FACTS[code].parts or ("", ""))
    return f"{vn_number(part)}/{vn_number(whole)} ({vn_percent(value)})"


def _count(facts: MeetingFacts, code: str, value: Fraction) -> str:
    return vn_number(value)


def _minutes(facts: MeetingFacts, code: str, value: Fraction) -> str:
    return _("%(count)s minutes") % {"count": vn_number(value)}


def _flag(facts: MeetingFacts, code: str, value: Fraction) -> str:
    return pgettext("a fact", "yes") if value else pgettext("a fact", "no")


def _length(facts: MeetingFacts) -> str:
    return _("%(minutes)s of at least %(minimum)s minutes") % {
        "minutes": vn_number(facts.minutes or 0),
        "minimum": vn_number(facts.minimum or 0),
    }


def _papers(facts: MeetingFacts) -> str:
    days = facts.papers_days or 0
    if days < 0:
        return _("not sent before the meeting") if facts.papers_sent else _("not sent")
    if days == 0:
        return _("sent on the day of the meeting")
    return ngettext("sent %(days)s day before", "sent %(days)s days before", days) % {"days": days}


def _finished(facts: MeetingFacts) -> str:
    days = facts.finished_days or 0
    if facts.is_finished_open:
        return _("not out yet, %(days)s days after the meeting") % {"days": days}
    return ngettext("out %(days)s day after", "out %(days)s days after", days) % {"days": days}


def _adopted(facts: MeetingFacts) -> str:
    if facts.is_adoption_open:
        return _("to be adopted before closing")
    return _flag(facts, "minutes_adopted", Fraction(bool(facts.minutes_adopted)))


_SPECIAL: dict[str, Callable[[MeetingFacts], str]] = {
    "length": _length,
    "papers_days": _papers,
    "finished_days": _finished,
    "minutes_adopted": _adopted,
}
_BY_KIND: dict[FactKind, Callable[[MeetingFacts, str, Fraction], str]] = {
    FactKind.SHARE: _share,
    FactKind.COUNT: _count,
    FactKind.MINUTES: _minutes,
    FactKind.DAYS: _count,
    FactKind.FLAG: _flag,
}
