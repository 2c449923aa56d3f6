"""Takes a generation out that no longer answers, a part at a time."""

from django.db import transaction

from nennep.library.models import Collection, Piece, Posting, Term

PIECES_AT_ONCE = 2_000
TERMS_AT_ONCE = 50_000


def remove_generation(collection_id: int) -> None:
    """Each part is a transaction of its own, so that others may write in between."""
    pieces = Piece.objects.filter(collection_id=collection_id)
    while some := list(pieces.values_list("pk", flat=True)[:PIECES_AT_ONCE]):
        with transaction.atomic():
            postings = Posting.objects.filter(piece__in=some)
            postings._raw_delete(using=postings.db)  # noqa: SLF001 -- nothing refers to them
            gone = pieces.filter(pk__in=some)
            gone._raw_delete(using=gone.db)  # noqa: SLF001 -- likewise, now
    terms = Term.objects.filter(collection_id=collection_id)
    while some := list(terms.values_list("pk", flat=True)[:TERMS_AT_ONCE]):
        with transaction.atomic():
            gone_terms = terms.filter(pk__in=some)
            gone_terms._raw_delete(using=gone_terms.db)  # noqa: SLF001 -- likewise, now
    Collection.objects.filter(pk=collection_id).delete()
