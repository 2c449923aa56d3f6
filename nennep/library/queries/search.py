"""What is found: the best piece of each source, with the passage of it that is shown."""

from collections.abc import Mapping
from dataclasses import dataclass

from nennep.core.refusal import Refusal
from nennep.core.text import nfc
from nennep.library.models import Collection, Piece
from nennep.library.queries.asking import Asked, ask
from nennep.library.queries.ranking import SHARE_OF_SCORE, Ranked, Within, ranked
from nennep.library.queries.sources import EVERYTHING
from nennep.library.rules.accents import agreement, typed_accents
from nennep.library.rules.folding import syllables
from nennep.library.rules.nearness import gathering, nearness, sequence
from nennep.library.rules.passages import WINDOW, Passage, passage
from nennep.library.rules.weights import SCALE

TRIES = 5
HALF = 0.5
DEPTH = 20  # sources whose texts are read again
ON_A_PAGE = 40  # syllables of a passage, so that a telephone shows two results at a time


@dataclass(frozen=True)
class Found:
    """The best piece of one source, and the passage of it that is shown."""

    piece: Piece
    score: float
    passage: Passage


@dataclass(frozen=True)
class Answer:
    """What stands on one page of the results, and how many sources were found in all: `MOST` + 1
    where there are more than are counted.

    `asked` is None where nothing was looked for. `is_near`: no passage of it holds half of what was
    asked, by weight; it is shown as the nearest, and the question is one for the editors.
    """

    found: list[Found]
    total: int
    asked: Asked | None = None
    is_near: bool = False


def search(
    collection: Collection,
    text: str,
    *,
    limit: int = 10,
    within: Within | None = None,
    skip: int = 0,
    window: int = WINDOW,
) -> Answer:
    asked = ask(collection, text)
    best = _agreeing(text, asked, within or Within(), limit, skip)
    pieces = Piece.objects.select_related("unit").in_bulk([each.piece for each in best])
    found = [
        Found(
            pieces[each.piece],
            each.score / SHARE_OF_SCORE,
            passage(pieces[each.piece].text, asked.by_term, window),
        )
        for each in best
    ]
    held = max((_held(each.piece, asked) for each in found), default=0.0)
    return Answer(found, best[0].found if best else 0, asked, is_near=skip == 0 and held < HALF)


def _agreeing(text: str, asked: Asked, within: Within, limit: int, skip: int = 0) -> list[Ranked]:
    """The ranking, its first `DEPTH` in the order that their texts give when they are read.

    Equals stay in the order of their names; what stands further down stays where it is.
    """
    if skip >= DEPTH:
        return ranked(asked.weights, limit, within, skip)
    first = ranked(asked.weights, max(DEPTH, skip + limit), within)
    typed = typed_accents(nfc(text))
    said = _said([each.piece for each in first[:DEPTH]])
    agreed = [
        each._replace(score=_read_again(each.score, said[each.piece], asked, typed))
        for each in first[:DEPTH]
    ]
    agreed.sort(key=lambda each: (-each.score, each.source.encode()))
    return [*agreed, *first[DEPTH:]][skip : skip + limit]


def _said(pieces: list[int]) -> dict[int, str]:
    rows = Piece.objects.filter(pk__in=pieces)
    return {
        pk: " ".join(texts)
        for pk, *texts in rows.values_list("pk", "symbol", "title", "path", "heading", "text")
    }


def _read_again(score: int, said: str, asked: Asked, typed: Mapping[str, str]) -> int:
    """More where words that were asked for together stand so, less where accents differ."""
    weights = {word: round(SCALE * weight) for word, weight in asked.importance.items()}
    text, words = syllables(said), asked.question.words
    for share in (
        nearness(text, words, weights),
        gathering(text, weights),
        sequence(text, words),
        agreement(said, typed, weights),
    ):
        score = score * share // SCALE
    return score


def _held(piece: Piece, asked: Asked) -> float:
    """Which part of what was asked stands in the piece, by weight."""
    whole = sum(asked.importance.values())
    said = " ".join((piece.symbol, piece.title, piece.path, piece.heading, piece.text))
    words = set(syllables(said))
    there = sum(weight for word, weight in asked.importance.items() if asked.means(word) & words)
    return there / whole if whole else 1.0


def search_everything(text: str, within: Within, *, limit: int = 10, skip: int = 0) -> Answer:
    """The same over what the product holds, whole even while a new generation takes over.

    A generation is taken out only after another took its place: if it still is the one in use when
    the answer stands, all of the answer was read from it.
    """
    for _try in range(TRIES):
        collection = everything()
        if collection is None:
            return Answer([], 0)
        answer = _if_there(collection, text, within, limit, skip)
        if answer is not None and _is_current(collection):
            return answer
    raise Refusal(
        "Dữ liệu tìm kiếm đang được thay. Hãy tìm lại sau ít phút.", code="being_replaced"
    )


def everything() -> Collection | None:
    """The generation in use of all that the product finds, without its table of spellings."""
    return Collection.objects.current(EVERYTHING).defer("spellings").first()


def _is_current(collection: Collection) -> bool:
    return Collection.objects.current(collection.name).filter(pk=collection.pk).exists()


def _if_there(
    collection: Collection, text: str, within: Within, limit: int, skip: int
) -> Answer | None:
    """None where pieces vanished between two statements."""
    try:
        return search(collection, text, limit=limit, within=within, skip=skip, window=ON_A_PAGE)
    except KeyError:
        return None


def ranked_sources(collection: Collection, text: str, *, limit: int = 20) -> list[str]:
    return [each.source for each in _agreeing(text, ask(collection, text), Within(), limit)]


def current_collection(name: str) -> Collection:
    found = Collection.objects.current(name).first()
    if found is None:
        raise Refusal(
            f"Chưa có bộ tài liệu “{name}”. Hãy lập chỉ mục trước: nennep index … --collection {name}",
            code="no_collection",
        )
    return found
