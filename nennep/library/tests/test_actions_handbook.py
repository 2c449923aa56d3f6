"""The office writes, hands in, sends back, publishes; nothing published changes or is lost."""

import dataclasses
import re
from datetime import date

import pytest
from django.urls import reverse

from nennep.accounts.queries import system_person
from nennep.accounts.tests.factories import give, make_user
from nennep.core.models import TrailLine
from nennep.core.refusal import Refusal
from nennep.library.actions import handbook as acts
from nennep.library.actions import load_handbook
from nennep.library.actions.handbook_places import name_editor, place_entry, release_editor
from nennep.library.choices import RevisionState
from nennep.library.models import Branch, BranchEditor, Entry
from nennep.library.queries import handbook_desk as queries
from nennep.library.queries.handbook import entries_at
from nennep.library.rules.handbook import EntryText, entry_text
from nennep.organisation.tests.factories import make_district, make_root
from nennep.regulations.actions import load_presets, replace_basis
from nennep.regulations.actions.stamp import turn_page
from nennep.regulations.models import Basis, RuleValue

pytestmark = pytest.mark.django_db

TEXT = entry_text(
    {
        "question": "Tổ đảng do ai phụ trách?",
        "answer": "Do tổ trưởng phụ trách.",
        "bases": [{"basis": "dieu-le-dang", "mark": "C"}],
    }
)


@pytest.fixture(autouse=True)
def city():
    person = system_person()
    load_presets(by=person)
    load_handbook(by=person)
    return make_root()


def officer(city, name):
    user = make_user(name)
    give(user, "officer", city)
    return user


@pytest.fixture
def writer(city):
    return officer(city, "writer")


@pytest.fixture
def editor(city):
    return officer(city, "editor")


def refused(code, act):
    with pytest.raises(Refusal) as refusal:
        act()
    assert refusal.value.code == code


def branch(code="to-chuc"):
    return Branch.objects.get(code=code)


def published(writer, editor, text=TEXT):
    draft = acts.new_entry(branch(), text=text, by=writer)
    return acts.publish(acts.hand_in(draft, by=writer), by=editor)


def test_a_question_is_read_only_once_somebody_else_published_it(writer, editor):
    draft = acts.new_entry(branch(), text=TEXT, by=writer)
    entry = draft.entry

    assert (entry.code, entry.current) == ("to-dang-do-ai-phu-trach", None)
    waiting = acts.hand_in(draft, by=writer)
    refused("four_eyes", lambda: acts.publish(waiting, by=writer))
    acts.publish(waiting, by=editor)

    entry.refresh_from_db()
    assert entry.current.text == TEXT
    assert entry.current.decided_by == editor
    verbs = TrailLine.objects.filter(verb__startswith="entry ").values_list("verb", "actor_id")
    assert list(verbs.order_by("pk")) == [
        ("entry drafted", writer.pk),
        ("entry handed in", writer.pk),
        ("entry published", editor.pk),
    ]


def test_where_the_rule_says_so_the_writer_publishes(writer):
    RuleValue.objects.filter(key="handbook.four_eyes").update(value=False)
    turn_page()
    waiting = acts.hand_in(acts.new_entry(branch(), text=TEXT, by=writer), by=writer)

    assert acts.publish(waiting, by=writer).state == RevisionState.PUBLISHED


def test_a_change_is_another_revision_and_the_old_one_stays_as_it_was(writer, editor):
    first = published(writer, editor)
    changed = dataclasses.replace(TEXT, answer="Do một chi ủy viên phụ trách.")

    draft = acts.write_entry(first.entry, text=changed, by=writer)

    assert Entry.objects.get(pk=first.entry_id).current == first
    second = acts.publish(acts.hand_in(draft, by=writer), by=editor)
    first.refresh_from_db()
    assert (first.state, first.text) == (RevisionState.PUBLISHED, TEXT)
    told = [c for c in queries.compared(first, second) if not c.is_same]
    assert [(c.before, c.after) for c in told] == [
        ("Do tổ trưởng phụ trách.", "Do một chi ủy viên phụ trách.")
    ]


def test_writing_on_changes_the_open_draft_and_a_text_in_review_waits(writer):
    draft = acts.new_entry(branch(), text=TEXT, by=writer)
    again = acts.write_entry(draft.entry, text=TEXT, by=writer)

    assert again.pk == draft.pk
    acts.hand_in(draft, by=writer)
    refused("entry_in_review", lambda: acts.write_entry(draft.entry, text=TEXT, by=writer))
    refused("revision_moved", lambda: acts.hand_in(draft, by=writer))


def test_what_is_sent_back_says_why(writer, editor):
    waiting = acts.hand_in(acts.new_entry(branch(), text=TEXT, by=writer), by=writer)

    refused("remark_missing", lambda: acts.send_back(waiting, remark=" ", by=editor))
    back = acts.send_back(waiting, remark="Thêm căn cứ.", by=editor)

    assert (back.state, back.remark) == (RevisionState.DRAFT, "Thêm căn cứ.")
    assert acts.drop_draft(back, by=writer).state == RevisionState.DROPPED


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"answer": ""}, "entry_answer"),
        ({"bases": ()}, "entry_bases"),
        (
            {"facts": ({"says": "Tổ viên", "number": "5", "unit": "người", "basis": "luat-117-2025", "mark": "C"},)},
            "entry_fact_basis",
        ),
        (
            {"facts": ({"says": "", "number": "5", "unit": "người", "basis": "dieu-le-dang", "mark": "C"},)},
            "entry_fact",
        ),
    ],
)  # fmt: skip
def test_a_text_that_is_not_whole_is_not_handed_in(writer, change, code):
    text = entry_text(TEXT.as_table() | change)
    draft = acts.new_entry(branch(), text=text, by=writer)

    refused(code, lambda: acts.hand_in(draft, by=writer))


def test_what_cannot_be_an_entry_is_refused(writer):
    refused("entry_question", lambda: acts.new_entry(branch(), text=EntryText(), by=writer))
    acts.new_entry(branch(), text=TEXT, by=writer)
    refused("entry_known", lambda: acts.new_entry(branch(), text=TEXT, by=writer))
    unknown = entry_text(TEXT.as_table() | {"bases": [{"basis": "khong-co", "mark": "C"}]})
    entry = Entry.objects.get(code="diem-danh")
    refused("entry_bases", lambda: acts.write_entry(entry, text=unknown, by=writer))
    secret = dataclasses.replace(TEXT, answer="TUYỆT MẬT")
    refused("secret", lambda: acts.write_entry(entry, text=secret, by=writer))


def test_an_editor_of_a_branch_writes_there_and_below_and_nowhere_else(writer, editor):
    named = name_editor(branch("dang-vien"), user=writer, by=editor)

    refused("other_branch", lambda: acts.new_entry(branch(), text=TEXT, by=writer))
    assert acts.new_entry(branch("ket-nap"), text=TEXT, by=writer).state == RevisionState.DRAFT
    refused("editor_known", lambda: name_editor(named.branch, user=writer, by=editor))
    release_editor(named, by=editor)
    assert queries.branches_of(writer).filter(code="to-chuc").exists()


def test_nobody_below_the_top_writes_or_is_named(city, editor):
    below = make_user("below")
    give(below, "officer", make_district())

    assert not queries.branches_of(below).exists()
    refused("no_right", lambda: name_editor(branch(), user=below, by=editor))


def test_an_entry_taken_out_is_read_no_more_and_keeps_its_past(writer, editor):
    first = published(writer, editor)

    refused("reason_missing", lambda: acts.take_out(first.entry, reason="", by=editor))
    acts.take_out(first.entry, reason="Không còn dùng", by=editor)

    refused("entry_not_published", lambda: acts.take_out(first.entry, reason="Lại", by=editor))
    assert [entry.code for entry in queries.desk(date(2026, 11, 1)).taken_out] == [first.entry.code]
    assert first.entry.revisions.count() == 1


def test_a_published_text_is_marked_as_compared_once(writer, editor):
    first = published(writer, editor)

    assert acts.check_entry(first, by=editor).checked_by == editor
    refused("not_to_be_checked", lambda: acts.check_entry(first, by=editor))


def test_the_desk_shows_what_lost_its_documents(editor):
    old = Basis.objects.get(code="luat-117-2025")
    day = date(2026, 11, 1)
    assert "van-ban-mat" not in [e.code for e in queries.desk(day).to_look_at]

    replace_basis(
        old, replacement=Basis.objects.get(code="luat-116-2025"), since=date(2026, 10, 1), by=editor
    )

    assert "van-ban-mat" in [e.code for e in queries.desk(day).to_look_at]


def test_an_entry_is_offered_where_it_was_placed(editor):
    entry = Entry.objects.get(code="van-ban-mat")

    place_entry(entry, places=["page.open"], by=editor)
    assert entry in entries_at(["page.open"])
    place_entry(entry, places=[], by=editor)
    assert entry not in entries_at(["page.open"])


# The pages of it


def text_of(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def filled(**more):
    rows = {"base-TOTAL_FORMS": 1, "base-INITIAL_FORMS": 0, "fact-TOTAL_FORMS": 1}
    rows |= {"fact-INITIAL_FORMS": 0, "base-0-basis": "dieu-le-dang", "base-0-mark": "C"}
    rows |= {"fact-0-says": "Tổ viên", "fact-0-number": "5", "fact-0-unit": "ngày làm việc"}
    rows |= {"fact-0-start": "ngày lập tổ", "fact-0-basis": "hd-06-tw-2025", "fact-0-mark": "P"}
    return rows | {"question": "Tổ đảng lập khi nào?", "answer": "Trong 5 ngày."} | more


def test_from_the_desk_to_the_readers(client, writer, editor):
    client.force_login(writer)
    made = client.post(reverse("library:new-entry"), filled(branch=branch().pk))
    page = client.get(made.url)
    assert "Tổ đảng lập khi nào?" in text_of(page)
    assert client.post(made.url, {"do": "hand-in"}).status_code == 302
    decide = made.url + "quyet-dinh/"
    assert client.post(decide, {"do": "publish"}).status_code == 409

    client.force_login(editor)
    answer = client.post(decide, {"do": "publish"}, follow=True)

    text = Entry.objects.get(code="to-dang-lap-khi-nao").current.text
    assert "Trong 5 ngày." in text_of(answer)
    assert [cited.basis for cited in text.bases] == ["dieu-le-dang", "hd-06-tw-2025"]
    assert text.facts[0].is_term


def test_a_number_without_a_document_is_pointed_out_to_the_writer(client, writer):
    client.force_login(writer)

    made = client.post(
        reverse("library:new-entry"), filled(branch=branch().pk, answer="Trong 7 ngày.")
    )

    assert "Bài viết có số 7" in text_of(client.get(made.url))


def test_what_is_not_whole_comes_back_with_what_was_typed(client, writer):
    client.force_login(writer)

    answer = client.post(reverse("library:new-entry"), filled(branch=branch().pk, question=""))

    assert answer.status_code == 422
    assert "Trong 5 ngày." in answer.content.decode()


def test_two_revisions_are_compared_on_the_page_of_the_history(client, writer, editor):
    first = published(writer, editor)
    acts.write_entry(first.entry, text=dataclasses.replace(TEXT, answer="Khác."), by=writer)
    client.force_login(editor)

    address = reverse("library:history", args=[first.entry.code])
    page = client.get(address, {"tu": "1", "den": "2"})

    assert "<del>" in page.content.decode()
    assert "Khác." in text_of(page)
    assert client.get(address, {"tu": "1", "den": "99"}).status_code == 200


def test_editors_are_named_and_released_on_their_page(client, writer, editor):
    client.force_login(editor)
    address = reverse("library:editors")

    assert client.post(address, {"username": "ai-do", "branch": branch().pk}).status_code == 422
    client.post(address, {"username": writer.username, "branch": branch().pk})
    named = BranchEditor.objects.get()
    assert named.user == writer
    client.post(address, {"release": named.pk})
    assert not BranchEditor.objects.exists()


def test_the_desk_costs_the_same_however_long_the_handbook_is(
    client, writer, django_assert_max_num_queries
):
    client.force_login(writer)
    for number in range(5):
        text = dataclasses.replace(TEXT, question=f"Câu hỏi số {number}?")
        acts.new_entry(branch(), text=text, by=writer)

    with django_assert_max_num_queries(16):
        client.get(reverse("library:desk"))
