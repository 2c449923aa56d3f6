"""What is asked to draft a document: kind, summary, text, who signs, who receives it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nennep.core import clock
from nennep.library.actions.documents import Entry, Wording
from nennep.library.choices import DocumentKind, Issuer
from nennep.library.forms.documents import capital
from nennep.library.models import Document, Draft
from nennep.library.queries.document_papers import authority_of, usual_recipients
from nennep.library.queries.issuing import issuable_kinds, issuers_for
from nennep.library.queries.wording import worded
from nennep.members.queries import secretary_on
from nennep.organisation.models import Unit
from nennep.organisation.queries import place_of

WORDING = ("place", "addressee", "authority", "recipients", "urgency")
URGENCIES = [("", "–"), ("Khẩn", "Khẩn"), ("Thượng khẩn", "Thượng khẩn"), ("Hỏa tốc", "Hỏa tốc")]


class DraftForm(forms.Form):
    """Defaults are what the unit's papers usually say."""

    kind = forms.ChoiceField(label=_("Kind"))
    body = forms.ChoiceField(label=_("Issued by"))
    subject = forms.CharField(
        label=_("Summary of the document"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    addressee = forms.CharField(
        label=_("Addressed to"),
        max_length=500,
        required=False,
        help_text=_("Of an official letter or a submission: to whom it goes."),
    )
    body_text = forms.CharField(
        label=_("Text"),
        widget=forms.Textarea(attrs={"rows": 16}),
        help_text=_(
            "A line each. “I- …” begins a part, “1. …” a point, “Điều 1. …” an article; “- …” is a"
            " line of a list, “| … | … |” a row of a table."
        ),
    )
    signer_post = forms.CharField(label=_("Post of the signer"), max_length=120, required=False)
    signer = forms.CharField(label=_("Signed by"), max_length=120, required=False)
    authority = forms.CharField(
        label=_("Signed for"),
        max_length=120,
        required=False,
        help_text=_("T/M CHI BỘ, for example."),
    )
    place = forms.CharField(label=_("Place"), max_length=80, required=False)
    recipients = forms.CharField(
        label=_("Copies to, one a line"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    urgency = forms.ChoiceField(label=_("Urgency"), choices=URGENCIES, required=False)
    programme_symbol = forms.CharField(
        label=_("Carries out the programme"),
        max_length=60,
        required=False,
        help_text=_("Number and symbol of the scheme: 11-ĐA/TU"),
    )
    drafted_by = forms.CharField(label=_("Drafting body"), max_length=200, required=False)
    is_open = forms.BooleanField(
        label=_("Organisations below may see it"), required=False, initial=True
    )
    is_free_of_secrets = forms.BooleanField(
        label=_("Nothing written here is a state secret"),
        error_messages={"required": _("Secret content may not be kept here. Write it on paper.")},
    )

    def __init__(self, data: Any = None, *, unit: Unit, document: Document | None = None) -> None:
        super().__init__(data, initial=_told(document) if document else _usual(unit))
        day = clock.today()
        kinds = issuable_kinds(unit, day)
        labels = capital([(k, DocumentKind(k).label) for k in kinds])
        self.fields["kind"].choices = labels  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["body"].choices = issuers_for(unit)  # type: ignore[attr-defined]  # likewise
        if unit.is_cell:
            self.fields["body"].required = False
            self.fields["body"].widget = forms.HiddenInput()
            del self.fields["is_open"]
        if document is not None and document.number is not None:
            self.fields["kind"].disabled = self.fields["body"].disabled = True
        self.unit = unit

    def entry(self) -> Entry:
        told = self.cleaned_data
        names = ("kind", "subject", "signer", "signer_post", "programme_symbol", "drafted_by")
        body = told["body"] or (Issuer.CELL if self.unit.is_cell else "")
        return Entry(
            body=body, is_open=told.get("is_open", True), **{name: told[name] for name in names}
        )

    def wording(self) -> Wording:
        told = self.cleaned_data
        return Wording(body=told["body_text"], **{name: told[name] for name in WORDING})


def _usual(unit: Unit) -> dict[str, Any]:
    holder = secretary_on(unit, clock.today()) if unit.is_cell else None
    body = Issuer.CELL if unit.is_cell else Issuer.COMMITTEE
    return {
        "kind": DocumentKind.PLAN,
        "body": body,
        "signer": holder.name if holder else "",
        "signer_post": worded("paper.secretary"),
        "authority": authority_of(unit, body),
        "place": place_of(unit),
        "recipients": usual_recipients(unit),
    }


def _told(document: Document) -> dict[str, Any]:
    draft: Draft = document.draft
    told = {name: getattr(draft, name) for name in WORDING} | {"body_text": draft.body}
    columns = ("kind", "body", "subject", "signer", "signer_post", "programme_symbol")
    more = ("drafted_by", "is_open")
    return told | {name: getattr(document, name) for name in (*columns, *more)}
