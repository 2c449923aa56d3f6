from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Can(StrEnum):
    SEARCH = "search"
    EDIT_HANDBOOK = "edit handbook"
    PUBLISH_HANDBOOK = "publish handbook"
    VIEW_DOCUMENTS = "view documents"
    VIEW_CELL_DOCUMENTS = "view cell documents"
    KEEP_DOCUMENTS = "keep documents"
    EDIT_SEARCH_WORDS = "edit search words"


class RevisionState(TextChoices):
    """How far a text of the handbook has come. `SHIPPED` came with the program and stands beside."""

    DRAFT = "draft", pgettext_lazy("text of the handbook", "Draft")
    REVIEW = "review", pgettext_lazy("text of the handbook", "Waiting for publication")
    PUBLISHED = "published", pgettext_lazy("text of the handbook", "Published")
    SHIPPED = "shipped", pgettext_lazy("text of the handbook", "Came with the program")
    DROPPED = "dropped", pgettext_lazy("text of the handbook", "Dropped")


class TermUnit(TextChoices):
    """What a term is counted in."""

    DAY = "day", _("days")
    WORKING_DAY = "working_day", _("working days")
    MONTH = "month", _("months")
    YEAR = "year", _("years")


class DocumentKind(TextChoices):
    """Kinds of Party document, and those of the State a programme may name. Codes as in the rules."""

    RESOLUTION = "resolution", _("resolution")
    DECISION = "decision", _("decision")
    DIRECTIVE = "directive", _("directive")
    CONCLUSION = "conclusion", _("conclusion")
    WORKING_RULES = "working_rules", _("working rules")
    REGULATION = "regulation", _("regulation")
    CIRCULAR = "circular", _("circular")
    GUIDANCE = "guidance", _("guidance")
    NOTICE = "notice", _("notice")
    REPORT = "report", _("report")
    PLAN = "plan", _("plan")
    PROGRAMME = "programme", _("programme of action")
    SCHEME = "scheme", _("scheme")
    OPTION = "option", _("plan of options")
    SUBMISSION = "submission", _("submission")
    LETTER = "letter", _("official letter")
    MINUTES = "minutes", _("minutes")
    LAW = "law", _("law")
    DECREE = "decree", _("decree")
    OTHER = "other", _("other document")


class Issuer(TextChoices):
    """Which body of the unit issues it, in the words of the rule on who may issue what."""

    CELL = "cell", _("the cell")
    COMMITTEE = "committee", _("executive committee")
    STANDING = "standing", _("standing committee")


class DocumentState(TextChoices):
    """A draft has no number; what is numbered is issued, or void with a reason."""

    DRAFT = "draft", _("draft")
    NUMBERED = "numbered", _("numbered, not issued yet")
    ISSUED = "issued", _("issued")
    VOID = "void", _("number void")


class LinkKind(TextChoices):
    REPLACES = "replaces", _("replaces")
    AMENDS = "amends", _("amends")


class WordKind(TextChoices):
    SHORT = "short", _("abbreviation")
    SYNONYM = "synonym", _("other words for the same")


# What the audit page calls the changes made here.
TRAIL = {
    "collection indexed": _("Collection indexed for search"),
    "handbook loaded": _("Shipped handbook loaded"),
    "entry drafted": _("Entry of the handbook written"),
    "entry handed in": _("Entry of the handbook handed in for publication"),
    "entry sent back": _("Entry of the handbook sent back"),
    "entry published": _("Entry of the handbook published"),
    "entry dropped": _("Draft of the handbook dropped"),
    "entry taken out": _("Entry taken out of the handbook"),
    "entry checked": _("Entry of the handbook checked against the originals"),
    "entry placed": _("Steps of a meeting at which an entry is shown changed"),
    "editor named": _("Editor of a part of the handbook named"),
    "editor released": _("Editor of a part of the handbook released"),
    "branch added": _("Part of the handbook added"),
    "branch changed": _("Part of the handbook changed"),
    "branch removed": _("Part of the handbook removed"),
    "handbook imported": _("Entries taken into the handbook from a file"),
    "form filled in": _("Form of the handbook filled in with a member's particulars"),
    "search word added": _("Word of the search added"),
    "search word ended": _("Word of the search taken out"),
    "search word restored": _("Word of the search back to what is shipped"),
    "found by search": _("Read a passage among the results of a search"),
    "document registered": _("Document registered"),
    "document corrected": _("Entry of a document corrected"),
    "document drafted": _("Document drafted"),
    "number reserved": _("Number of a document reserved"),
    "document issued": _("Document numbered and issued"),
    "number voided": _("Number of a document voided"),
    "draft dropped": _("Draft of a document dropped"),
    "documents linked": _("Document replaces or amends another"),
    "link taken back": _("Replacement or amendment taken back"),
    "documents loaded": _("Many documents registered"),
    "paper of a document taken": _("Paper of a document taken as a file"),
    "file of a document kept": _("File of a document kept"),
    "file of a document removed": _("File of a document removed"),
    "documents of cells": _("Looked at the list of documents of cells"),
    "document of a cell": _("Looked at a document of another cell"),
    "file of a document opened": _("File of a document opened"),
    "list of documents taken": _("List of documents taken as a file"),
}
TRAIL_WORDS = {
    member.value: member.label for kind in (DocumentKind, Issuer, LinkKind) for member in kind
}

# How the columns of the rules on documents are headed.
TITLES = {
    "code": _("Kind of document"),
    "title": _("Name of the kind"),
    "abbreviation": _("Abbreviation"),
    "issuers": _("Issued by"),
    "kind": _("Kind of organisation"),
    "name": _("Where the name begins with"),
}
