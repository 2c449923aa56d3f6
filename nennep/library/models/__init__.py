from nennep.library.models.handbook import (
    Branch,
    BranchEditor,
    Citation,
    Entry,
    EntryPlace,
    Revision,
    basis_force,
)
from nennep.library.models.index import Collection, Piece, Posting, Term

__all__ = [
    "Branch",
    "BranchEditor",
    "Citation",
    "Collection",
    "Entry",
    "EntryPlace",
    "Piece",
    "Posting",
    "Revision",
    "Term",
    "basis_force",
]
