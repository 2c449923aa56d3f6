"""The shipped schemes of clear questions: what they ask, where one is in force, and putting one in force."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from nennep.accounts.http import Request
from nennep.core import clock
from nennep.core.policies import policy
from nennep.core.refusal import Refusal
from nennep.organisation.models import Unit
from nennep.regulations.choices import Can as CanRule
from nennep.regulations.models import Basis, RuleValue
from nennep.regulations.queries import RuleRow, may_manage, rows_of, scope_of
from nennep.tasks import actions
from nennep.tasks.actions.schemes import KEY
from nennep.tasks.choices import Asked
from nennep.tasks.forms import AdoptForm
from nennep.tasks.rules.clarity import ClearQuestion, ShippedScheme, shipped_schemes
from nennep.ui.asking import ask


@dataclass(frozen=True)
class ShownScheme:
    """A scheme in words: each question, and when it must be answered."""

    scheme: ShippedScheme
    basis: Basis | None

    @property
    def questions(self) -> list[tuple[str, str]]:
        read = [ClearQuestion.read(row) for row in self.scheme.rows]
        return [(each.question, str(Asked(each.asked).label)) for each in read]


@require_GET
@policy(CanRule.VIEW_RULES)
def schemes(request: Request) -> HttpResponse:
    bases = {
        basis.code: basis
        for basis in Basis.objects.filter(code__in=[s.basis for s in shipped_schemes()])
    }
    return render(
        request,
        "tasks/schemes.html",
        {
            "schemes": [ShownScheme(each, bases.get(each.basis)) for each in shipped_schemes()],
            "in_force": _in_force(request),
            "may_adopt": bool(request.user.reaches(CanRule.MANAGE_RULES)),
            "crumbs": [(_("Tasks"), reverse("tasks:home")), (_("Clear questions"), "")],
        },
    )


def _in_force(request: Request) -> list[RuleRow]:
    """Today, at the places the person may see: one row each."""
    values = RuleValue.objects.visible_to(request.user).filter(key=KEY).select_related("basis")
    today = clock.today()
    return [row for row in rows_of(values.order_by("scope_path")) if row.record.is_valid_on(today)]


@require_http_methods(["GET", "POST"])
@policy(CanRule.MANAGE_RULES)
def adopt(request: Request, scheme_code: str) -> HttpResponse:
    """From a day on, for a unit and all below it; what held there until then ends the day before."""
    scheme = next((each for each in shipped_schemes() if each.code == scheme_code), None)
    if scheme is None:
        raise Http404
    data = request.POST if request.method == "POST" else None
    form = AdoptForm(data, initial={"place": _top_code(request)})
    if form.is_valid() and _is_adopted(request, scheme, form):
        messages.success(request, _("The questions are in force from that day on."))
        return redirect("tasks:schemes")
    return ask(
        request,
        form,
        title=_("Put in force: %(name)s") % {"name": scheme.name},
        lead="; ".join(row["question"] for row in scheme.rows),
        back_url=reverse("tasks:schemes"),
        crumbs=[(_("Clear questions"), reverse("tasks:schemes"))],
        submit=_("Put in force"),
    )


def _top_code(request: Request) -> str:
    """The topmost unit the person manages rules for: most often meant, and easily changed."""
    paths = [reach.path for reach in request.user.reaches(CanRule.MANAGE_RULES)]
    top = Unit.objects.filter(path__in=paths).order_by("depth", "path").first()
    return top.code if top else ""


def _is_adopted(request: Request, scheme: ShippedScheme, form: AdoptForm) -> bool:
    path = scope_of(request.user, form.cleaned_data["place"])
    if path is None or not may_manage(request.user, path):
        form.add_error("place", _("There is no unit with this code where you manage rules."))
        return False
    unit = Unit.objects.get(path=path)
    try:
        actions.put_scheme_in_force(unit, scheme, since=form.cleaned_data["since"], by=request.user)
    except Refusal as refusal:
        field = {"valid_from": "since"}.get(refusal.field, refusal.field)
        form.add_error(field if field in form.fields else None, refusal.message)
        return False
    return True
