"""Which rule holds where and when."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from nennep.regulations.models import RuleStamp, RuleValue
from nennep.regulations.rules import (
    CRITERIA,
    TARGETS,
    Entry,
    InForce,
    NormInForce,
    RuleField,
    Rules,
    RuleSet,
    RuleSource,
    known_rules,
    nearest,
    rule_fields,
)


class RuleBook:
    """Every rule value, read once; answers come from memory.

    `load()` costs one query while nothing changed (the stamp), two after a change. What was
    answered is remembered by dataclass, scopes that apply and day, so that hundreds of thousands
    of cell-months cost a dictionary look-up each.
    """

    _kept: "ClassVar[tuple[UUID, RuleBook] | None]" = None

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._by_key: dict[str, list[Entry]] = defaultdict(list)
        for entry in entries:
            self._by_key[entry.key].append(entry)
        self.local_scopes = sorted(
            {e.scope_path for es in self._by_key.values() for e in es} - {""}
        )
        self._scopes: dict[str, tuple[str, ...]] = {}
        self._answers: dict[tuple[type[RuleSet], tuple[str, ...], date], InForce[Any]] = {}
        self._norms: dict[tuple[str, tuple[str, ...], date], NormInForce | None] = {}

    @classmethod
    def load(cls) -> "RuleBook":
        """The book as the database has it now."""
        stamp = RuleStamp.objects.values_list("stamp", flat=True).first()
        if stamp and RuleBook._kept and RuleBook._kept[0] == stamp:
            return RuleBook._kept[1]
        book = RuleBook(value.entry() for value in RuleValue.objects.select_related("basis"))
        if stamp:
            RuleBook._kept = (stamp, book)
        return book

    def scopes_over(self, path: str) -> tuple[str, ...]:
        """The scopes with values of their own that a path is under, "" first."""
        known = self._scopes.get(path)
        if known is None:
            known = ("", *(s for s in self.local_scopes if path.startswith(s)))
            self._scopes[path] = known
        return known

    def in_force(self, rules_type: type[Rules], path: str, day: date) -> InForce[Rules]:
        """The rules at a place on a day; a field without a value that day is None."""
        return self.in_force_for(rules_type, self.scopes_over(path), day)

    def in_force_for(
        self, rules_type: type[Rules], scopes: tuple[str, ...], day: date
    ) -> InForce[Rules]:
        """The same for callers that keep `scopes_over(path)` themselves."""
        question = (rules_type, scopes, day)
        answer = self._answers.get(question)
        if answer is None:
            answer = self._answers[question] = self._resolve(rules_type, scopes, day)
        return answer

    def target(self, indicator: str, path: str, day: date) -> NormInForce | None:
        """What a programme asks of an indicator; for a period, ask with its last day."""
        return self._norm(f"{TARGETS}.{indicator}", path, day)

    def criterion(self, indicator: str, path: str, day: date) -> NormInForce | None:
        """What a rule asks of an indicator; for a period, ask with its last day."""
        return self._norm(f"{CRITERIA}.{indicator}", path, day)

    def entry_on(self, key: str, path: str, day: date) -> Entry | None:
        """The value of one rule at a place on a day."""
        return nearest(self._by_key.get(key, ()), self.scopes_over(path), day)

    def _resolve(
        self, rules_type: type[Rules], scopes: tuple[str, ...], day: date
    ) -> InForce[Rules]:
        values: dict[str, object] = {}
        sources: dict[str, RuleSource] = {}
        for name, rule in rule_fields(rules_type).items():
            entries = self._by_key.get(f"{rules_type.prefix}.{name}", ())
            if entry := nearest(entries, scopes, day):
                values[name], sources[name] = rule.read(entry.value), entry.source
        return InForce(rules_type(**values), sources)

    def _norm(self, key: str, path: str, day: date) -> NormInForce | None:
        question = (key, self.scopes_over(path), day)
        if question not in self._norms:
            entry = nearest(self._by_key.get(key, ()), question[1], day)
            self._norms[question] = _as_norm(entry, known_rules().get(key))
        return self._norms[question]


def _as_norm(entry: Entry | None, rule: RuleField | None) -> NormInForce | None:
    if entry is None or rule is None:
        return None
    return NormInForce(rule.read(entry.value), entry.source)  # type: ignore[arg-type]  # the reader of a norm returns one
