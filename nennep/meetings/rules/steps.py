"""Whether a meeting had every compulsory step, and how much of that is proven by facts.

A step that a fact proves is done by that fact; the rest are done when the person declared “như
chương trình, trừ …” and did not except them. A conditional step is asked only where the agenda
has it.
"""

from dataclasses import dataclass
from functools import lru_cache

from nennep.meetings.choices import MeetingKind
from nennep.meetings.rules.thresholds import MeetingRules, Step


@dataclass(frozen=True, slots=True)
class StepVerdict:
    """`missing` are the codes of steps asked and not done; the counts are of steps asked."""

    missing: tuple[str, ...]
    proven: int
    declared: int

    @property
    def is_complete(self) -> bool:
        return not self.missing


def steps_of(kind: str, rules: MeetingRules) -> tuple[Step, ...] | None:
    """The set order for this kind of meeting; None where the rules have none.

    A combined session follows the regular order and then the thematic one.
    """
    if kind == MeetingKind.REGULAR:
        return rules.steps_regular
    if kind == MeetingKind.THEMATIC:
        return rules.steps_thematic
    if kind == MeetingKind.COMBINED and rules.steps_regular and rules.steps_thematic:
        return rules.steps_regular + rules.steps_thematic
    return None


@lru_cache(maxsize=4096)
def judge_steps(
    steps: tuple[Step, ...],
    *,
    is_declared: bool,
    skipped: frozenset[str],
    on_agenda: frozenset[str],
    proofs: frozenset[str],
) -> StepVerdict:
    """`skipped` and `on_agenda` are codes of steps; `proofs` the facts at hand (`Step.proven_by`)."""
    missing: list[str] = []
    proven = declared = 0
    for step in steps:
        if not (step.is_compulsory or (step.is_conditional and step.code in on_agenda)):
            continue
        if step.proven_by and step.proven_by in proofs:
            proven += 1
        elif is_declared and step.code not in skipped:
            declared += 1
        else:
            missing.append(step.code)
    return StepVerdict(tuple(missing), proven, declared)
