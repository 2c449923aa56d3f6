"""One form on a page: what is asked, what the action refuses beside its field, nothing typed lost."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from nennep.core.refusal import Refusal

Answer = TypeVar("Answer")


def taken(form: BaseForm, act: Callable[[], object]) -> bool:
    """Whether the action took it."""
    return answer_of(form, lambda: (act(),)) is not None


def answer_of(form: BaseForm, act: Callable[[], Answer]) -> Answer | None:
    """What the action gave; None where it refused, which the form then says."""
    try:
        return act()
    except Refusal as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return None


def ask(  # noqa: PLR0913 -- the parts of the page, by name
    request: HttpRequest,
    form: BaseForm,
    *,
    title: str,
    back_url: str,
    crumbs: Sequence[tuple[str, str]],
    about: str = "",
    lead: str | Promise = "",
    submit: str = "",
    draft: str | None = None,
    template: str = "ui/ask.html",
    **more: object,
) -> HttpResponse:
    """The page of one form, with what was wrong where something was.

    What is typed is kept on the device under `draft`: the page's address, or nowhere where empty.
    """
    page = {
        "form": form,
        "title": title,
        "about": about,
        "lead": lead,
        "submit": submit or _("Save"),
        "back_url": back_url,
        "draft": request.path if draft is None else draft,
        "crumbs": [*crumbs, (title, "")],
    }
    return render(request, template, page | more, status=422 if form.errors else 200)
