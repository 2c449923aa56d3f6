"""The tree of situations: the city's office adds a part, names it anew, puts it elsewhere."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from nennep.core.person import Person
from nennep.core.refusal import Refusal
from nennep.core.secret_guard import refuse_secret
from nennep.core.text import fold, tidy
from nennep.core.trail import record
from nennep.library.models import Branch
from nennep.library.queries.handbook_desk import is_empty
from nennep.library.queries.handbook_shipped import shipped_branches
from nennep.library.rules.handbook import slug_of

LONGEST = 200


@transaction.atomic
def add_branch(
    title: str, *, parent: Branch | None, after: Branch | None = None, by: Person
) -> Branch:
    """Nobody sees it before something is published in it."""
    tree = _locked()
    title = _title(title, tree)
    code = slug_of(fold(title))
    if any(branch.code == code for branch in tree):
        raise _twice(title)
    _refuse_place(None, parent, tree)
    branch = Branch.objects.create(code=code, title=title, parent=parent)
    _put([*tree, branch], branch, after)
    record("branch added", branch, by=by, title=title)
    return branch


@transaction.atomic
def change_branch(
    branch: Branch, *, title: str, parent: Branch | None, after: Branch | None, by: Person
) -> Branch:
    """Its entries go with it; addresses stay, because they name its code."""
    tree = _locked()
    branch = next(each for each in tree if each.pk == branch.pk)
    title = _title(title, [each for each in tree if each.pk != branch.pk])
    _refuse_place(branch, parent, tree)
    branch.title, branch.parent = title, parent
    branch.save(update_fields=["title", "parent"])
    _put(tree, branch, after)
    record("branch changed", branch, by=by, title=title)
    return branch


@transaction.atomic
def remove_branch(branch: Branch, *, by: Person) -> None:
    """Only what is empty, and did not come with the program, which would bring it back."""
    tree = _locked()
    branch = next(each for each in tree if each.pk == branch.pk)
    if not is_empty(branch):
        raise Refusal(
            _("There is something in “%(title)s”. Put its contents elsewhere first.")
            % {"title": branch.title},
            code="branch_not_empty",
        )
    if branch.code in {each.code for each in shipped_branches()}:
        raise Refusal(
            _("“%(title)s” came with the program. Nobody sees a part in which there is nothing.")
            % {"title": branch.title},
            code="branch_shipped",
        )
    record("branch removed", None, by=by, title=branch.title)
    branch.editors.all().delete()
    branch.delete()


def _locked() -> list[Branch]:
    """Everybody who changes the tree waits here."""
    return list(Branch.objects.select_for_update().order_by("position", "pk"))


def _title(title: str, others: Sequence[Branch]) -> str:
    title = tidy(title)
    if not title or len(title) > LONGEST:
        raise Refusal(
            _("Give the part a name of at most 200 letters."), code="title_missing", field="title"
        )
    refuse_secret(title)
    if any(fold(each.title) == fold(title) for each in others):
        raise _twice(title)
    return title


def _twice(title: str) -> Refusal:
    return Refusal(
        _("The handbook has a part “%(title)s” already.") % {"title": title},
        code="branch_known",
        field="title",
    )


def _refuse_place(branch: Branch | None, parent: Branch | None, tree: Sequence[Branch]) -> None:
    """Two levels, and what is divided holds no entries itself."""
    if parent is None:
        return
    is_divided = branch is not None and any(each.parent_id == branch.pk for each in tree)
    if parent.parent_id is not None or is_divided or (branch and parent.pk == branch.pk):
        raise Refusal(
            _("The tree has two levels. Choose a part at the top that is not this one."),
            code="too_deep",
            field="parent",
        )
    if parent.entries.exists():
        raise Refusal(
            _("“%(title)s” holds entries itself, so it cannot be divided.")
            % {"title": parent.title},
            code="parent_holds_entries",
            field="parent",
        )


def _put(tree: Sequence[Branch], branch: Branch, after: Branch | None) -> None:
    """Behind a neighbour of the same level, first where none is named; all are numbered anew."""
    rest = [each for each in tree if each.pk != branch.pk]
    beside = [each for each in rest if each.parent_id == branch.parent_id]
    place = next((n for n, each in enumerate(beside, 1) if after and each.pk == after.pk), 0)
    beside.insert(place, branch)
    ordered: list[Branch] = []
    roots = beside if branch.parent_id is None else [e for e in rest if e.parent_id is None]
    for root in roots:
        below = [each for each in rest if each.parent_id == root.pk]
        ordered += [root, *(beside if branch.parent_id == root.pk else below)]
    for position, each in enumerate(ordered):
        each.position = position
    Branch.objects.bulk_update(ordered, ["position"])
