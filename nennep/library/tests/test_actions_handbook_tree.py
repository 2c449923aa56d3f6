"""The tree of situations as the office arranges it."""

import pytest

from nennep.accounts.queries import system_person
from nennep.core.models import TrailLine
from nennep.core.refusal import Refusal
from nennep.library.actions import load_handbook
from nennep.library.actions.handbook_tree import add_branch, change_branch, remove_branch
from nennep.library.models import Branch
from nennep.library.queries.handbook import branches_shown
from nennep.regulations.actions import load_presets

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    person = system_person()
    load_presets(by=person)
    load_handbook(by=person)
    return person


def branch(code):
    return Branch.objects.get(code=code)


def titles_below(code):
    return list(Branch.objects.filter(parent__code=code).values_list("code", flat=True))


def refused(code, act, *args, **kwargs):
    with pytest.raises(Refusal) as no:
        act(*args, **kwargs)
    assert no.value.code == code


def test_a_part_is_added_behind_a_neighbour_and_readers_do_not_see_it_empty(by):
    before = titles_below("sinh-hoat")
    shown = [[part.code for part in each.branches] for each in branches_shown()]

    made = add_branch(
        "  Sinh hoạt  ngoài trời ", parent=branch("sinh-hoat"), after=branch(before[0]), by=by
    )

    assert (made.code, made.title) == ("sinh-hoat-ngoai-troi", "Sinh hoạt ngoài trời")
    assert titles_below("sinh-hoat") == [before[0], made.code, *before[1:]]
    assert [[part.code for part in each.branches] for each in branches_shown()] == shown
    assert TrailLine.objects.filter(verb="branch added").count() == 1


def test_a_part_is_named_anew_and_put_first_with_all_that_is_in_it(by):
    last = titles_below("sinh-hoat")[-1]
    entries = list(branch(last).entries.values_list("pk", flat=True))

    changed = change_branch(
        branch(last), title="Tên mới", parent=branch("sinh-hoat"), after=None, by=by
    )

    assert titles_below("sinh-hoat")[0] == last
    assert (changed.title, changed.code) == ("Tên mới", last)
    assert list(changed.entries.values_list("pk", flat=True)) == entries


def test_a_neighbour_of_another_level_counts_as_none(by):
    elsewhere = Branch.objects.filter(parent__isnull=False).exclude(parent__code="sinh-hoat")

    made = add_branch("Mới", parent=branch("sinh-hoat"), after=elsewhere.first(), by=by)

    assert titles_below("sinh-hoat")[0] == made.code


def test_the_order_of_the_whole_tree_stays_that_of_its_roots(by):
    add_branch("Mới", parent=None, after=None, by=by)
    ordered = list(Branch.objects.select_related("parent"))

    assert ordered[0].code == "moi"
    above = None
    for each in ordered:
        if each.parent is None:
            above = each
        assert each.parent in {None, above}
    assert [each.position for each in ordered] == list(range(len(ordered)))


def test_what_the_tree_cannot_hold_is_refused_in_words(by):
    leaf, root = branch("chuan-bi"), branch("sinh-hoat")

    refused("title_missing", add_branch, " ", parent=None, by=by)
    refused("title_missing", add_branch, "a" * 201, parent=None, by=by)
    refused("branch_known", add_branch, leaf.title.upper(), parent=root, by=by)
    refused("too_deep", add_branch, "Mới", parent=leaf, by=by)
    refused("too_deep", change_branch, root, title="Mới", parent=root, after=None, by=by)
    standing = add_branch("Đứng riêng", parent=None, by=by)
    leaf.entries.update(branch=standing)
    refused("parent_holds_entries", add_branch, "Mới", parent=standing, by=by)
    refused("branch_not_empty", remove_branch, standing, by=by)
    refused("branch_not_empty", remove_branch, root, by=by)
    refused("branch_shipped", remove_branch, leaf, by=by)


def test_an_empty_part_of_the_office_is_removed(by):
    made = add_branch("Nhầm", parent=None, by=by)

    remove_branch(made, by=by)

    assert not Branch.objects.filter(pk=made.pk).exists()
    assert TrailLine.objects.filter(verb="branch removed").count() == 1
