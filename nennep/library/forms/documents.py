"""What pages ask about documents: the filters of the list, the columns of an entry, a link."""

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from nennep.core.person import Person
from nennep.core.refusal import Refusal
from nennep.core.text import vn_date
from nennep.library.actions.documents import Entry
from nennep.library.choices import DocumentKind, DocumentState, LinkKind
from nennep.library.models import Document
from nennep.library.queries.documents import (
    UNDATED,
    Filters,
    choices_of,
    reads_cells_below,
    registers_of,
    replaceable,
)
from nennep.library.queries.issuing import issuers_for
from nennep.organisation.models import Unit
from nennep.regulations.choices import Force
from nennep.regulations.models import Basis
from nennep.ui.form_fields import ToldChoiceField, day_field

LONG = forms.Textarea(attrs={"rows": 2})
ELSEWHERE = ""
Choices = list[tuple[str, str | Promise]]


def capital(choices: list[tuple[str, Any]]) -> Choices:
    return [(value, str(label)[:1].upper() + str(label)[1:]) for value, label in choices]


class FilterForm(forms.Form):
    """Which documents to list. Everything is optional and lives in the address."""

    text = forms.CharField(label=_("Words or number and symbol"), required=False, max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    issuer = forms.ChoiceField(label=_("Issued by"), required=False)
    year = forms.ChoiceField(label=_("Year"), required=False)
    force = forms.ChoiceField(label=_("In force"), required=False)
    programme = forms.ChoiceField(label=_("Programme"), required=False)
    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Register of"), required=False)
    with_cells = forms.BooleanField(
        label=_("Those of the cells below as well; this look is recorded"), required=False
    )

    def __init__(self, data: Any, *, person: Person) -> None:
        super().__init__(data)
        issuers, years, programmes = choices_of(person)
        every = ("", _("all"))
        choices: dict[str, Choices] = {
            "kind": [every, *capital(DocumentKind.choices)],
            "issuer": [every, *((name, name) for name in issuers)],
            "year": [every, *((str(y), str(y)) for y in years), (UNDATED, _("not known"))],
            "force": [
                every,
                *capital(Force.choices),
                *capital([s for s in DocumentState.choices if s[0] != DocumentState.ISSUED]),
            ],
            "programme": [every, *((symbol, symbol) for symbol in programmes)],
        }
        for name, offered in choices.items():
            self.fields[name].choices = offered  # type: ignore[attr-defined]  # a ChoiceField
        if not reads_cells_below(person):
            del self.fields["with_cells"]
        unit = self.fields["unit"]
        unit.queryset = registers_of(person)  # type: ignore[attr-defined]  # a choice of rows
        unit.to_field_name, unit.empty_label = "code", _("all")  # type: ignore[attr-defined]  # likewise

    def asked(self) -> Filters:
        """The filters that were given and can be read."""
        if not self.is_bound:
            return Filters()
        self.is_valid()
        return Filters(**{name: value for name, value in self.cleaned_data.items() if value})

    @property
    def asks_more(self) -> bool:
        """Whether one of the filters that are seldom wanted is set."""
        return any(
            self.data.get(name) for name in ("force", "programme", "issuer", "unit", "with_cells")
        )

    @property
    def is_narrow(self) -> bool:
        return self.is_bound and any(self.data.get(name) for name in self.fields)


class EntryForm(forms.Form):
    """The columns of the register."""

    kind = forms.ChoiceField(label=_("Kind"))
    symbol = forms.CharField(
        label=_("Number and symbol"),
        max_length=60,
        required=False,
        help_text=_("As it is written: 13-ĐA/HU"),
    )
    issued_on = day_field(_("Issued on"), required=False)
    subject = forms.CharField(label=_("Summary of the document"), max_length=500, widget=LONG)
    body = forms.ChoiceField(label=_("Issued by"), required=False)
    issuer = forms.CharField(
        label=_("or, where it came from elsewhere, its issuer"), max_length=200, required=False
    )
    programme_symbol = forms.CharField(
        label=_("Carries out the programme"),
        max_length=60,
        required=False,
        help_text=_("Number and symbol of the scheme: 11-ĐA/TU"),
    )
    drafted_by = forms.CharField(label=_("Drafting body"), max_length=200, required=False)
    signer = forms.CharField(label=_("Signed by"), max_length=120, required=False)
    signer_post = forms.CharField(label=_("Post of the signer"), max_length=120, required=False)
    in_force_from = day_field(_("In force from"), required=False)
    in_force_to = day_field(_("In force to"), required=False)
    note = forms.CharField(label=_("Note"), max_length=500, required=False)
    basis = ToldChoiceField(
        Basis.objects.order_by("symbol", "issued_on"),
        label=_("It is this document that rules rest on"),
        required=False,
        help_text=_("Its force is then kept there."),
    )
    is_open = forms.BooleanField(
        label=_("Organisations below may see it"), required=False, initial=True
    )
    is_free_of_secrets = forms.BooleanField(
        label=_("Nothing written here is a state secret"),
        error_messages={
            "required": _(
                "Secret content may not be kept here. Leave it out: of a secret document only a neutral"
                " title and where it is kept may be noted."
            )
        },
    )

    def __init__(self, data: Any = None, *, unit: Unit, document: Document | None = None) -> None:
        super().__init__(data, initial=_told(document) if document else {"body": ELSEWHERE})
        self.unit = unit
        elsewhere = (ELSEWHERE, _("another body"))
        self.fields["kind"].choices = capital(DocumentKind.choices)  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["body"].choices = [*issuers_for(unit), elsewhere]  # type: ignore[attr-defined]  # likewise
        free = Basis.objects.filter(document__isnull=True)
        own = Basis.objects.filter(document=document) if document else Basis.objects.none()
        self.fields["basis"].queryset = (free | own).order_by("symbol", "issued_on")  # type: ignore[attr-defined]  # a choice of rows
        if unit.is_cell:
            for name in ("is_open", "basis"):
                del self.fields[name]

    def entry(self) -> Entry:
        told = {n: v for n, v in self.cleaned_data.items() if n != "is_free_of_secrets"}
        if told["body"]:
            told["issuer"] = ""
        return Entry(**told)


class LinkForm(forms.Form):
    """Which earlier document this one replaces or amends, and from which day."""

    kind = forms.ChoiceField(
        label=_("What it does"), choices=capital(LinkKind.choices), widget=forms.RadioSelect
    )
    earlier = forms.ModelChoiceField(Document.objects.none(), label=_("The earlier document"))
    since = day_field(_("From which day"))

    def __init__(self, data: Any = None, *, document: Document, person: Person) -> None:
        first = document.in_force_from or document.issued_on
        super().__init__(data, initial={"kind": LinkKind.REPLACES, "since": first})
        earlier = self.fields["earlier"]
        earlier.queryset = replaceable(document, person)  # type: ignore[attr-defined]  # a choice of rows
        earlier.to_field_name = "public_id"  # type: ignore[attr-defined]  # likewise
        earlier.label_from_instance = document_label  # type: ignore[attr-defined]  # likewise


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Why the number is not used"), max_length=300)


class DayForm(forms.Form):
    day = day_field(_("Issued on"), required=False)


def _told(document: Document) -> dict[str, Any]:
    names = [name for name in EntryForm.base_fields if hasattr(document, name)]
    return {name: getattr(document, name) for name in names}


def document_label(document: Document) -> str:
    return f"{document.symbol} {vn_date(document.issued_on)}: {document.subject}"


def kept(form: forms.Form, refusal: Refusal) -> None:
    """A refusal stands beside its field; what was typed stays."""
    form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)


class FileForm(forms.Form):
    """A file of the document, with the person's word on its secrecy."""

    NONE, MARKED = "none", "marked"

    file = forms.FileField(
        label=_("File: PDF, Word, Excel or a photo, at most 20 MB"),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".pdf,.docx,.xlsx,.jpg,.jpeg,.png"}),
    )
    secrecy = forms.ChoiceField(
        label=_("Mark of secrecy on it"),
        choices=[(NONE, _("none")), (MARKED, "Mật, Tối mật, Tuyệt mật")],
        widget=forms.RadioSelect,
    )

    @property
    def is_declared_secret(self) -> bool:
        return bool(self.cleaned_data["secrecy"] == self.MARKED)
