from nennep.library.models.asking import LostQuestion, SearchWord
from nennep.library.models.documents import (
    Document,
    DocumentFile,
    DocumentLink,
    Draft,
    FilePage,
)
from nennep.library.models.handbook import (
    Branch,
    BranchEditor,
    Citation,
    Entry,
    EntryPlace,
    Revision,
)
from nennep.library.models.index import Collection, Piece, Posting, Term
from nennep.library.models.numbers import NumberSeries

__all__ = [
    "Branch",
    "BranchEditor",
    "Citation",
    "Collection",
    "Document",
    "DocumentFile",
    "DocumentLink",
    "Draft",
    "Entry",
    "EntryPlace",
    "FilePage",
    "LostQuestion",
    "NumberSeries",
    "Piece",
    "Posting",
    "Revision",
    "SearchWord",
    "Term",
]
