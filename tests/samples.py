"""One sample for each address that names a record: what the record is and how the address says it.

`of` is the attribute of a place of the world (`tests/world.py`) that the address shows. An address
without a sample fails the permission matrix, so a new view comes with a line here.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import Enum
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from django.db.models import Model
from django.urls import URLPattern, URLResolver, get_resolver

from nennep.core.checks import policy_of
from nennep.core.policies import Policy
from nennep.members.forms import CHANGES
from nennep.organisation.forms import CHANGES as CHANGES_OF_UNITS
from nennep.organisation.models import Unit


class Reach(Enum):
    """Who reaches the record, among those who hold the verb."""

    SUBTREE = "whose grant stands at its unit or above"
    AROUND = "to look: also whose grant stands below it; to act: as above"
    TOP = "whose grant stands at the top of the tree"
    ANYONE = "everybody"
    HERE = "whose grant stands at one of the very units that the sample names"
    OWNER = "nobody but its owner, who is none of the people of the matrix"


@dataclass(frozen=True)
class Sample:
    of: str = ""
    kwargs: Callable[[Any], dict[str, Any]] | None = None
    query: dict[str, str] = field(default_factory=dict)
    body: dict[str, str] = field(default_factory=dict)
    # Verbs that the record asks for besides the one the view declares.
    also: tuple[str, ...] = ()
    # Verbs that sending the form asks for besides, where looking at it asks for less.
    writes: tuple[str, ...] = ()
    # The verb that shows the record here, where the view sees less of it than its manager does:
    # a meeting that an office typed from paper holds figures and no content.
    shows: str = ""
    reach: Reach = Reach.SUBTREE
    # With HERE: where it is seen, and where it is acted on, if not in all of these.
    seen_at: Callable[[Any], list[Any]] | None = None
    done_at: Callable[[Any], list[Any]] | None = None
    # Verbs that a cell's record asks for besides: it is content of the cell.
    of_cells: tuple[str, ...] = ()

    def record(self, place: SimpleNamespace) -> Model | None:
        return getattr(place, self.of, None) if self.of else None


def _basis(reach: Reach) -> Sample:
    return Sample("rule", kwargs=lambda rule: {"public_id": rule.basis.public_id}, reach=reach)


def _of_unit(attribute: str) -> Sample:
    return Sample(
        attribute,
        kwargs=lambda record: {"code": _unit_of(record).code, "pk": record.pk},
        also=("manage units",),
    )


def _unit_of(record: Any) -> Any:
    return record.body.unit if hasattr(record, "body") else record.unit


def _account() -> Sample:
    return Sample("grant", kwargs=lambda grant: {"public_id": grant.user.public_id})


def _document(of: str = "document", **more: Any) -> Sample:
    """A committee's document is looked at from below it as well; a cell's is content."""
    return Sample(of, reach=Reach.AROUND, of_cells=("view cell documents",), **more)


def _with(of: str, *names: str, **fixed: Any) -> Sample:
    """An address that says more than which record: `names` are the record's own."""
    return Sample(of, kwargs=lambda record: {name: getattr(record, name) for name in names} | fixed)


def _commended_by(row: Any) -> dict[str, Any]:
    return {"code": row.awarded_by.code, "public_id": row.public_id}


def _round_file(**fixed: Any) -> Sample:
    return Sample(
        "commendation_round",
        kwargs=lambda record: {"public_id": record.public_id} | fixed,
        reach=Reach.AROUND,
    )


def _into_paper(received: Any) -> dict[str, Any]:
    """A unit's task, and its open meeting where it is a cell."""
    meeting = received.unit.meetings.filter(closed_at__isnull=True).first()
    return {
        "public_id": received.public_id,
        "meeting": meeting.public_id if meeting else UUID(int=0),
    }


def _programme_at(programme: Any) -> dict[str, Any]:
    return {"code": programme.unit.code, "public_id": programme.public_id}


def _round_below(nomination: Any) -> dict[str, Any]:
    return {"code": nomination.proposer.code, "public_id": nomination.round.public_id}


def _quiz_of(cell: Any) -> dict[str, Any]:
    return {"code": cell.code, "public_id": cell.quizzes.get().public_id}


def _proposal(done_at: Callable[[Any], list[Any]] | None = None) -> Sample:
    """Seen at the unit that asked and at each it passed."""
    return Sample(
        "proposal",
        reach=Reach.HERE,
        seen_at=lambda proposal: [proposal.unit, *(step.unit for step in proposal.way)],
        done_at=done_at,
    )


SAMPLES: dict[str, Sample] = {
    "accounts:grants-under": Sample("unit"),
    "accounts:prolong": Sample("unit"),
    "accounts:give": Sample("unit"),
    "accounts:new-account": Sample("unit"),
    "accounts:withdraw": Sample("grant"),
    "accounts:account": _account(),
    "accounts:reset-password": _account(),
    "accounts:close-account": _account(),
    "accounts:unlock": _account(),
    "accounts:end-sessions": _account(),
    "accounts:reset-factors": _account(),
    "accounts:remove-second-factor": Sample("factor", reach=Reach.OWNER),
    "accounts:batch": Sample("batch", reach=Reach.OWNER),
    "accounts:batch-slips": Sample("batch", reach=Reach.OWNER),
    "accounts:cancel-batch": Sample("batch", reach=Reach.OWNER),
    "accounts:end-device": Sample("session", reach=Reach.OWNER),
    "dialogue:ask": Sample("unit", reach=Reach.HERE, seen_at=lambda unit: [unit]),
    "dialogue:proposal": _proposal(),
    "dialogue:pass-on": _proposal(lambda proposal: [proposal.held.unit]),
    "dialogue:answer": _proposal(lambda proposal: [proposal.held.unit]),
    "dialogue:withdraw": _proposal(lambda proposal: [proposal.unit]),
    "dialogue:hold": Sample("unit"),
    "dialogue:survey": Sample("survey"),
    "dialogue:answer-survey": Sample(
        "survey",
        reach=Reach.HERE,
        shows="answer surveys",
        seen_at=lambda survey: list(Unit.objects.within(survey.unit)),
    ),
    "imports:start": Sample("unit"),
    "imports:attendance": Sample("meeting", also=("import tables",)),
    "imports:upload": Sample(
        "unit", kwargs=lambda unit: {"code": unit.code, "kind": "to-chuc"}, also=("manage units",)
    ),
    "imports:export": Sample(
        "unit",
        kwargs=lambda unit: {"code": unit.code, "kind": "to-chuc", "form": "csv"},
        also=("manage units",),
    ),
    "imports:template": Sample(kwargs=lambda _nothing: {"kind": "to-chuc"}),
    **{
        f"imports:{name}": Sample("table", also=("manage units",))
        for name in ("preview", "columns", "answer", "others", "take", "discard", "undo")
    },
    "indicators:board": Sample("unit"),
    "indicators:figures": Sample("unit"),
    "indicators:figure": _with("unit", "code", indicator="ATT"),
    "library:branch": Sample(kwargs=lambda _: {"code": "mien-sinh-hoat"}, reach=Reach.ANYONE),
    "library:entry": Sample(kwargs=lambda _: {"code": "chuyen-chinh-thuc"}, reach=Reach.ANYONE),
    "library:documents-file": Sample(kwargs=lambda _nothing: {"form": "csv"}),
    "library:document": _document(),
    "library:correct": _document(),
    "library:link": _document(),
    "library:number": _document(body={"do": "issue"}),
    "library:upload": _document(body={"secrecy": "marked"}),
    "library:draft": _document(),
    "library:paper": _document(),
    "library:paper-file": Sample(
        "document",
        kwargs=lambda document: {"public_id": document.public_id, "form": "docx"},
        reach=Reach.AROUND,
        of_cells=("view cell documents",),
    ),
    "library:file": _document("document_file"),
    "library:remove-file": _document("document_file"),
    "library:new-draft": Sample("unit", of_cells=("view cell documents",)),
    "library:register": Sample("unit", of_cells=("view cell documents",)),
    "library:numbers": Sample("unit", also=("keep documents",), of_cells=("view cell documents",)),
    "library:search": Sample(query={"q": "việc tháng, trồng cây, đồng ý"}),
    "library:search-words": Sample(
        body={"do": "add", "kind": "synonym", "said": "họp", "written": "hội nghị"},
        reach=Reach.TOP,
    ),
    "library:suggest": Sample(query={"q": "thường"}),
    "meetings:returns": Sample("unit"),
    "meetings:return-back": Sample("returned", shows="enter returns"),
    **{
        f"library:{name}": Sample(kwargs=lambda _: {"code": "diem-danh"}, reach=Reach.TOP)
        for name in ("write", "history", "arrange")
    },
    **{
        f"library:{name}": Sample("handbook_draft", body={"do": do}, reach=Reach.TOP)
        for name, do in (("revision", "hand-in"), ("decide", "publish"))
    },
    **{
        f"library:{name}": Sample(reach=Reach.TOP)
        for name in ("desk", "new-entry", "editors", "tree", "new-branch", "take-in")
    },
    "library:change-branch": Sample(kwargs=lambda _: {"code": "chuan-bi"}, reach=Reach.TOP),
    "library:book": Sample(kwargs=lambda _: {"form": "docx"}, reach=Reach.ANYONE),
    "library:sheet": Sample(kwargs=lambda _: {"code": "don-xin-mien"}, reach=Reach.ANYONE),
    "library:sheet-file": Sample(
        kwargs=lambda _: {"code": "don-xin-mien", "form": "docx"}, reach=Reach.ANYONE
    ),
    "meetings:meeting": Sample("meeting"),
    "meetings:prepare": Sample("meeting", writes=("prepare meetings",)),
    "meetings:roll-call": Sample("meeting", writes=("record meetings",)),
    "meetings:discuss": Sample("meeting", writes=("record meetings",)),
    "meetings:conclude": Sample("meeting", writes=("record meetings",)),
    "meetings:follow": Sample("meeting", writes=("record meetings",)),
    "meetings:item": Sample("item", writes=("record meetings",)),
    "meetings:change": Sample("meeting"),
    "meetings:pass": Sample("meeting"),
    "meetings:paper": _with("closed", "public_id", paper="bien-ban"),
    "meetings:paper-file": _with("closed", "public_id", paper="bien-ban", form="pdf"),
    "meetings:signed-copy": Sample("signed_copy"),
    "meetings:plan": Sample("cell"),
    "meetings:past": Sample("cell"),
    "meetings:ledger": Sample("unit"),
    "meetings:calls": Sample("unit"),
    "meetings:calls-file": _with("unit", "code", form="docx"),
    "meetings:alerts": Sample("unit"),
    "meetings:explain": Sample("cell"),
    "meetings:answer": Sample("explanation"),
    "meetings:topics": Sample("unit"),
    "meetings:withdraw-topic": Sample("topic"),
    "meetings:book": _with("cell", "code", book="bien-ban", year=2024, form="pdf"),
    "members:roll": Sample("cell"),
    "members:admit": Sample("cell"),
    "members:welcome": Sample("cell"),
    "members:figures": Sample("cell"),
    "members:member": Sample("member"),
    "members:looks": Sample("member"),
    "members:offices": Sample("unit"),
    "members:hand-over": Sample(
        "position",
        kwargs=lambda position: {"code": position.body.unit.code, "pk": position.pk},
        also=("manage members",),
    ),
    "members:take-back": Sample("handover", also=("manage members",)),
    "members:open-accounts": _with("unit", "code", post="bi-thu"),
    "organisation:unit": Sample("unit"),
    "organisation:end-term": _of_unit("term"),
    "organisation:close-party-group": _of_unit("party_group"),
    "quality:score": Sample("closed", writes=("score meetings",)),
    "quality:draft": Sample("draft"),
    "quality:criterion": _with("draft", "public_id", place=0),
    "quality:sheet": Sample("sheet_rule", reach=Reach.AROUND),
    "quality:example": Sample(kwargs=lambda _: {"example_code": "rb2"}, reach=Reach.ANYONE),
    "quality:begin": Sample(body={"start": "blank"}),
    "quality:classes": Sample("unit"),
    "quality:classes-file": _with("unit", "code", form="xlsx"),
    "quality:period": Sample("unit"),
    "quality:period-file": Sample("unit"),
    "quality:office-forms": Sample("unit"),
    "quality:office-form": Sample("office_form"),
    "quality:put-form-aside": Sample("office_form"),
    "quality:filled-form": Sample(
        "unit",
        kwargs=lambda unit: {"code": unit.code, "public_id": unit.office_forms.get().public_id},
    ),
    "quality:confirm": Sample("unit", body={"thang": "2024-05"}),
    "quality:decide": Sample("score", kwargs=lambda score: {"public_id": score.meeting.public_id}),
    "quality:oddities": Sample("unit"),
    "quality:explain-oddity": Sample("oddity", body={"explanation": "Gõ nhầm giờ."}),
    "reports:published": Sample("review"),
    "reports:document": Sample("review"),
    "reports:programme-review": Sample("programme_review"),
    "reports:change": Sample("programme_review"),
    "reports:ask": Sample("programme_review"),
    "reports:choose": Sample("programme_review"),
    "reports:publish-programme": Sample("programme_review"),
    "reports:outcome": _with("programme_review", "public_id", name="tom-tat", form="docx"),
    "reports:picture": _with("programme_review", "public_id", name="chi-tieu", form="svg"),
    "reports:contribute": Sample("contributor"),
    "reports:begin": Sample("unit"),
    "reports:review": Sample("unit"),
    "reports:publish": Sample("unit"),
    "reports:review-file": _with("unit", "code", form="xlsx"),
    "programmes:register": Sample("unit"),
    "programmes:programme": Sample("programme", reach=Reach.AROUND),
    "programmes:target": Sample("programme", reach=Reach.AROUND),
    "programmes:end": Sample("programme", reach=Reach.AROUND),
    "programmes:at-unit": Sample("programme", kwargs=_programme_at),
    "programmes:adopt": Sample("programme", kwargs=_programme_at),
    "programmes:take-back": Sample("programme", kwargs=_programme_at),
    "recognition:levels": Sample("unit"),
    "recognition:levels-of-year": _with("unit", "code", year=2023),
    "recognition:round": _with("unit", "code", year=2023),
    "recognition:rating-decision": _with("unit", "code", year=2023, number=0, form="docx"),
    "recognition:past": _with("unit", "code", year=2022),
    "recognition:enter-own": _with("unit", "code", year=2023),
    "recognition:rate": _with("cell", "code", year=2023),
    "recognition:weak": Sample("rating"),
    "recognition:commendations": Sample("unit"),
    "recognition:new-round": Sample("unit"),
    "recognition:commendation-round": Sample("commendation_round", reach=Reach.AROUND),
    "recognition:short-list": Sample("commendation_round", reach=Reach.AROUND),
    "recognition:consider": Sample("commendation_round", reach=Reach.AROUND),
    "recognition:decide-round": Sample("commendation_round", reach=Reach.AROUND),
    "recognition:drop-round": Sample("commendation_round", reach=Reach.AROUND),
    "recognition:enter-commendations": Sample("unit"),
    "recognition:correct-commendation": Sample("commendation", kwargs=_commended_by),
    "recognition:strike-commendation": Sample("commendation", kwargs=_commended_by),
    "recognition:commended-list": _round_file(form="docx"),
    "recognition:citations": _round_file(number=1, form="docx"),
    "recognition:propose": Sample("nomination", kwargs=_round_below),
    "recognition:withdraw-proposal": Sample("nomination"),
    "statements:unit": Sample("unit"),
    "statements:read": Sample("unit"),
    "statements:report": Sample("written_report"),
    "statements:confirm": Sample("written_report"),
    "statements:discard": Sample("written_report"),
    "statements:correct": Sample("stated_figure"),
    "statements:decide": Sample("stated_figure"),
    "quality:supervision": Sample("unit"),
    "quality:followers": Sample("unit"),
    "quality:plan-a-visit": Sample("cell"),
    "quality:visit-plan": Sample("unit", writes=("arrange supervision",)),
    "quality:visit-plan-file": _with("unit", "code", form="docx"),
    "quality:record-visit": Sample("cell", writes=("record visits",)),
    "quality:visit": Sample("visit", body={"do": "seen"}, writes=("record visits",)),
    "quality:recommendations": Sample("unit"),
    "quality:recommendations-file": _with("unit", "code", form="docx"),
    "quality:recommendation": Sample(
        "recommendation", body={"do": "answer"}, writes=("answer recommendations",)
    ),
    "quality:inspections": Sample("unit"),
    "quality:plan-inspection": Sample("unit"),
    "quality:inspection": Sample(
        "inspection", body={"do": "record"}, writes=("arrange supervision",)
    ),
    "quality:models": Sample("unit"),
    "quality:model": Sample("model", writes=("keep model meetings",)),
    "tasks:unit": Sample("unit"),
    "tasks:give": Sample("unit"),
    "tasks:give-members": Sample("cell"),
    "tasks:members": Sample("cell"),
    "tasks:reminders": Sample("cell"),
    "tasks:reminders-file": _with("cell", "code", form="docx"),
    "tasks:adopt": Sample(kwargs=lambda _: {"scheme_code": "5-ro-phuc-tho"}),
    "tasks:annual": _with("cell", "code", year=2024),
    "tasks:assignment": Sample("assignment", writes=("keep tasks",)),
    "tasks:received": Sample("received", body={"do": "accept"}, writes=("answer tasks",)),
    "tasks:take-up": Sample("received", kwargs=_into_paper),
    "tasks:given": Sample("given"),
    "training:unit": Sample("unit"),
    "training:plan": Sample("unit"),
    "training:course": Sample("course", writes=("plan training",)),
    "training:session": Sample("course_session"),
    "training:change-session": Sample("course_session"),
    "training:record": Sample("course_session"),
    "training:give": Sample("unit"),
    "training:dissemination": Sample("dissemination"),
    "training:report": Sample("dissemination"),
    "training:withdraw": Sample("dissemination"),
    "training:receipt": Sample("receipt", writes=("enter counts of cells",)),
    "training:make-quiz": Sample("unit"),
    "training:quiz": Sample("quiz"),
    "training:cell-quiz": Sample(
        "cell", kwargs=lambda cell: _quiz_of(cell), writes=("enter counts of cells",)
    ),
    "training:quiz-paper": Sample(
        "cell", kwargs=lambda cell: _quiz_of(cell) | {"paper": "phieu", "form": "pdf"}
    ),
    "training:answer": Sample(kwargs=lambda _: {"token": "khong-co"}, reach=Reach.ANYONE),
    "training:adoption": Sample("unit"),
    "training:count": Sample("unit"),
    "training:bundle": Sample("meeting"),
    "training:paper": _with("course_session", "public_id", paper="ky-ten", form="pdf"),
    "regulations:detail": Sample("rule", reach=Reach.AROUND),
    "regulations:confirm": Sample("rule", reach=Reach.AROUND),
    "regulations:unconfirm": Sample("rule", reach=Reach.AROUND),
    "regulations:replace": Sample("rule", reach=Reach.AROUND),
    "regulations:withdraw": Sample("rule", body={"last_day": "2024-12-31"}, reach=Reach.AROUND),
    "regulations:basis": _basis(Reach.ANYONE),
    "regulations:confirm-basis": _basis(Reach.TOP),
    "regulations:unconfirm-basis": _basis(Reach.TOP),
    "regulations:replace-basis": _basis(Reach.TOP),
    "regulations:add-basis": Sample(reach=Reach.TOP),
    "regulations:mark-day": Sample(reach=Reach.TOP),
    "regulations:clear-day": Sample("calendar_day", reach=Reach.TOP),
}


@dataclass(frozen=True)
class Address:
    name: str
    parameters: frozenset[str]
    policy: Policy | None

    @property
    def sample(self) -> Sample | None:
        return SAMPLES.get(self.name, None if self.parameters else Sample())

    def arguments(self, record: Model | None) -> dict[str, Any]:
        """The arguments of the address for this record: by name, or as the sample says."""
        assert self.sample is not None
        if self.sample.kwargs is not None:
            return self.sample.kwargs(record)
        return {name: getattr(record, name) for name in self.parameters}


# Changes of a member are one view under many addresses.
SAMPLES |= {f"organisation:{change.name}": Sample("unit") for change in CHANGES_OF_UNITS.values()}
SAMPLES |= {f"members:change-{slug}": Sample("member") for slug in CHANGES}


def addresses() -> list[Address]:
    return sorted(_walk(get_resolver().url_patterns, "", frozenset()), key=lambda a: a.name)


def _walk(patterns: list[Any], namespace: str, outer: frozenset[str]) -> Iterator[Address]:
    for pattern in patterns:
        parameters = outer | frozenset(pattern.pattern.converters)
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walk(pattern.url_patterns, inner, parameters)
        else:
            assert isinstance(pattern, URLPattern)
            name = f"{namespace}{pattern.name or pattern.pattern}"
            yield Address(name, parameters, policy_of(pattern))
