"""How a review is called, what period it speaks of, and what it lacks, in words."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from nennep.core.periods import month_end
from nennep.core.text import vn_date, vn_number
from nennep.indicators.queries.figures import Figure
from nennep.organisation.rules import committee_name
from nennep.regulations.models import Basis
from nennep.regulations.rules import RuleSource
from nennep.reports.queries.review import Review
from nennep.reports.queries.wording import fill, norm_words, with_fraction, wording

HARD_SPACE = "\u00a0"


def scheme_of(review: Review) -> Basis | None:
    """The scheme whose targets the review is held against, where one was in force."""
    target = review.figures["ATT"].target
    if target is None:
        return None
    return Basis.objects.filter(symbol=target.source.symbol).first()


def summary_of(review: Review, scheme: Basis | None) -> str:
    words = wording("review")
    stated = review.stated or period_text(review)
    if scheme is None:
        return fill(words["summary"], {}, stated=stated)
    return fill(
        words["summary_of_scheme"], {}, stated=stated, symbol=scheme.symbol, issuer=scheme.issuer
    )


def unbroken_end(text: str) -> str:
    """The last two words stay on one line: a name such as Hà Nội is not divided."""
    head, _space, last = text.rpartition(" ")
    return f"{head}{HARD_SPACE}{last}" if head else text


def period_text(review: Review) -> str:
    """In months, or in days where the real first or last day is not that of the months."""
    words = wording("review")
    whole = (review.period.first, month_end(review.period.last))
    if (review.first_day, review.last_day) != whole and review.first_day != whole[0]:
        first, last = vn_date(review.first_day), vn_date(review.last_day)
        return fill(words["real_period"], {}, first=first, last=last)
    first_month, last_month = review.period.first, review.period.last
    return fill(
        words["period"],
        {},
        first=f"{first_month.month}-{first_month.year}",
        last=f"{last_month.month}-{last_month.year}",
    )


def opening(review: Review, scheme: Basis | None) -> str:
    words = wording("review")
    facts = {
        "committee": committee_name(review.unit.name),
        "period": period_text(review),
        "stated": review.stated,
    }
    if scheme is None:
        return _tidy(fill(words["opening"], {}, **facts))
    issued = f" ngày {vn_date(scheme.issued_on)}" if scheme.issued_on else ""
    title = fill(words["scheme_title"], {}, title=_subject(scheme.title)) if scheme.title else ""
    facts |= {"symbol": scheme.symbol, "issuer": scheme.issuer, "issued": issued, "title": title}
    return _tidy(fill(words["opening_of_scheme"], {}, **facts))


def _subject(title: str) -> str:
    """“Đề án nâng cao …” → “Nâng cao …”: the kind is already said before the symbol."""
    rest = title.removeprefix("Đề án ")
    return rest[:1].upper() + rest[1:]


def _tidy(text: str) -> str:
    return " ".join(text.split())


def missing_lines(review: Review) -> list[str]:
    """What is missing or weak, each as a sentence; one that says so where nothing is."""
    words = wording("review")["missing"]
    silent = review.figures["MTG_SILENT"].numerator
    lines = [
        (review.missed, fill(words["missed"], {}, names=_missed(review.missed))),
        (silent, fill(words["silent"], review.figures, silent=vn_number(silent))),
        (review.waiting, fill(words["waiting"], {}, waiting=vn_number(review.waiting))),
        (review.pending, fill(words["pending"], {}, pending=vn_number(review.pending))),
        (review.unjudged, fill(words["unjudged"], {}, names=_names(review.unjudged))),
        (review.unconfirmed, fill(words["unconfirmed"], {}, names=_sources(review.unconfirmed))),
        (review.is_being_recomputed, words["recomputing"]),
    ]
    return [line for applies, line in lines if applies] or [words["nothing"]]


def _missed(figures: Iterable[Figure]) -> str:
    words = wording("review")["missing"]
    return "; ".join(
        fill(
            words["missed_target" if figure.target else "missed_criterion"],
            {},
            name=_(figure.indicator.name).lower(),
            result=with_fraction(figure),
            norm=norm_words(figure.norm),
        )
        for figure in figures
    )


def _names(figures: Iterable[Figure]) -> str:
    return "; ".join(_(figure.indicator.name).lower() for figure in figures)


def _sources(figures: Iterable[Figure]) -> str:
    sources = [source for figure in figures for source in sources_of(figure)]
    return "; ".join(dict.fromkeys(s.symbol for s in sources if not s.is_confirmed))


def sources_of(figure: Figure) -> list[RuleSource]:
    """Of the target and of the criterion, each document once."""
    found = [norm.source for norm in (figure.target, figure.criterion) if norm]
    return list({source.symbol: source for source in found}.values())


def verdict_text(figure: Figure) -> str:
    words = wording("review")["verdicts"]
    if figure.is_met is not None:
        return str(words["met" if figure.is_met else "missed"])
    if figure.norm is not None:
        return str(words["nothing_to_divide"])
    return str(words["unjudged"]) if figure.indicator.is_share else ""


def basis_text(figure: Figure) -> str:
    """Symbols, each with a mark until somebody has checked it against the original."""
    unchecked = f" ({_('not yet checked against the original')})"
    return "; ".join(
        f"{source.symbol}{'' if source.is_confirmed else unchecked}"
        for source in sources_of(figure)
    )
