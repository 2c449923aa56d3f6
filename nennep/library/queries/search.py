"""What is found: the best piece of each source, with the passage of it that is shown."""

from dataclasses import dataclass

from nennep.core.person import Person
from nennep.core.refusal import Refusal
from nennep.library.models import Collection, Piece
from nennep.library.queries.asking import ask
from nennep.library.queries.ranking import SHARE_OF_SCORE, Reached, Within, ranked
from nennep.library.queries.sources import EVERYTHING, source_kinds
from nennep.library.rules.passages import Passage, passage

TRIES = 5


@dataclass(frozen=True)
class Found:
    """The best piece of one source, and the passage of it that is shown."""

    piece: Piece
    score: float
    passage: Passage


@dataclass(frozen=True)
class Answer:
    """What stands on one page of the results, and how many sources were found in all."""

    found: list[Found]
    total: int


def search(
    collection: Collection,
    text: str,
    *,
    limit: int = 10,
    within: Within | None = None,
    skip: int = 0,
) -> Answer:
    asked = ask(collection, text)
    best = ranked(asked.weights, limit, within or Within(), skip)
    pieces = Piece.objects.select_related("unit").in_bulk([each.piece for each in best])
    found = [
        Found(
            pieces[each.piece],
            each.score / SHARE_OF_SCORE,
            passage(pieces[each.piece].text, asked.by_term),
        )
        for each in best
    ]
    return Answer(found, best[0].found if best else 0)


def search_everything(text: str, within: Within, *, limit: int = 10, skip: int = 0) -> Answer:
    """The same over what the product holds, whole even while a new generation takes over.

    A generation is taken out only after another took its place: if it still is the one in use when
    the answer stands, all of the answer was read from it.
    """
    for _try in range(TRIES):
        collection = Collection.objects.current(EVERYTHING).first()
        if collection is None:
            return Answer([], 0)
        answer = _if_there(collection, text, within, limit, skip)
        if (
            answer is not None
            and Collection.objects.current(EVERYTHING).filter(pk=collection.pk).exists()
        ):
            return answer
    raise Refusal(
        "Dữ liệu tìm kiếm đang được thay. Hãy tìm lại sau ít phút.", code="being_replaced"
    )


def _if_there(
    collection: Collection, text: str, within: Within, limit: int, skip: int
) -> Answer | None:
    """None where pieces vanished between two statements."""
    try:
        return search(collection, text, limit=limit, within=within, skip=skip)
    except KeyError:
        return None


def reached_by(person: Person) -> list[Reached]:
    """Where the person may find what belongs to units, by the grants valid now.

    A right to one record alone (the code of a minute-taker) finds nothing: it is no place to look.
    """
    return [
        Reached(kind.code, verb, path, f"{path}!" if kind.is_own_only else f"{path}~")
        for kind in source_kinds()
        for verb in kind.verbs
        for path in _highest(person, verb, with_below=kind.is_own_only)
    ]


def _highest(person: Person, verb: str, *, with_below: bool) -> list[str]:
    paths = {reach.path for reach in person.reaches(verb) if reach.only is None}
    return sorted(
        path
        for path in paths
        if with_below or not any(path[:end] in paths for end in range(len(path)))
    )


def ranked_sources(collection: Collection, text: str, *, limit: int = 20) -> list[str]:
    return [each.source for each in ranked(ask(collection, text).weights, limit, Within())]


def current_collection(name: str) -> Collection:
    found = Collection.objects.current(name).first()
    if found is None:
        raise Refusal(
            f"Chưa có bộ tài liệu “{name}”. Hãy lập chỉ mục trước: nennep index … --collection {name}",
            code="no_collection",
        )
    return found
