from nennep.library.models.index import Collection, Piece, Posting, Term

__all__ = ["Collection", "Piece", "Posting", "Term"]
