"""The editors' page: abbreviations and synonyms of the search, and what it could not answer."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nennep.accounts.http import Request
from nennep.core.policies import policy
from nennep.core.refusal import Refusal
from nennep.library.actions.words import add_word, end_word, restore_word
from nennep.library.choices import Can, WordKind
from nennep.library.forms.search import ChangedWordForm, WordForm
from nennep.library.queries.lost import lost_questions
from nennep.library.queries.words import entries, may_edit_words

CHANGES = {"end": end_word, "restore": restore_word}


@require_http_methods(["GET", "POST"])
@policy(Can.EDIT_SEARCH_WORDS)
def words(request: Request) -> HttpResponse:
    if not may_edit_words(request.user):
        raise PermissionDenied
    is_adding = request.method == "POST" and request.POST.get("do") not in CHANGES
    if request.method == "POST" and not is_adding:
        return _changed(request)
    form = WordForm(request.POST) if is_adding else WordForm(initial=_asked(request))
    if is_adding and _is_added(request, form):
        messages.success(request, _("It holds from the next question on."))
        return redirect("library:search-words")
    found = entries()
    page = {
        "form": form,
        "short": [each for each in found if each.kind == WordKind.SHORT],
        "synonyms": [each for each in found if each.kind == WordKind.SYNONYM],
        "lost": lost_questions(),
    }
    return render(request, "library/words.html", page, status=422 if is_adding else 200)


def _asked(request: Request) -> dict[str, str]:
    """A question that was not answered comes along as what people type."""
    return {"said": request.GET.get("said", "")[:80], "kind": WordKind.SYNONYM}


def _is_added(request: Request, form: WordForm) -> bool:
    if not form.is_valid():
        return False
    try:
        add_word(**form.cleaned_data, by=request.user)
    except Refusal as refusal:
        form.add_error(refusal.field or None, refusal.message)
        return False
    return True


def _changed(request: Request) -> HttpResponse:
    form = ChangedWordForm(request.POST)
    if form.is_valid():
        word = dict(form.cleaned_data)
        CHANGES[word.pop("do")](**word, by=request.user)
        messages.success(request, _("It holds from the next question on."))
    return redirect("library:search-words")
