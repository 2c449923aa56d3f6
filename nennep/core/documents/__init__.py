"""Documents that somebody else made, read safely into lines of text, each with its page.

No word of the domain, nothing fetched, nothing run. What a document says is for others to read.
"""

from nennep.core.documents.kept import KeptFile, read_kept
from nennep.core.documents.lines import TextLine
from nennep.core.documents.reading import READABLE, read_document, text_of

__all__ = ["READABLE", "KeptFile", "TextLine", "read_document", "read_kept", "text_of"]
