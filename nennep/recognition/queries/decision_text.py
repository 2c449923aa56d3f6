"""The text of a decision of commendation, as a document is drafted: articles and a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nennep.core.text import vn_date
from nennep.recognition.models import CommendationRound, Nomination
from nennep.recognition.queries.wording import wording


def decision_subject(round_: CommendationRound) -> str:
    occasion = round_.occasion[:1].lower() + round_.occasion[1:]
    return wording("decision")["subject"].format(occasion=occasion)[:500]


def decision_text(round_: CommendationRound, chosen: Sequence[Nomination]) -> str:
    return "\n".join(_lines(round_, chosen))


def _lines(round_: CommendationRound, chosen: Sequence[Nomination]) -> Iterator[str]:
    told = wording("decision")
    persons = sum(bool(each.name) for each in chosen)
    yield told["grounds"].format(grounds=round_.grounds.rstrip(".;"))
    yield told["considered"].format(day=vn_date(round_.considered_on))
    yield told["first"].format(collectives=len(chosen) - persons, persons=persons)
    yield told["head"]
    for number, each in enumerate(chosen, 1):
        name = f"{each}, {each.post}" if each.post else str(each)
        unit = each.belongs_to or round_.unit.name
        yield told["row"].format(number=number, name=name, unit=unit, award=each.award)
    yield told["second"]
