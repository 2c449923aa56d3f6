"""Who is invited to a session and who came."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from nennep.accounts.models import User
from nennep.core import clock, trail
from nennep.core.refusal import Refusal
from nennep.members.models import Member
from nennep.training.actions.ground import open_session, tell_cells
from nennep.training.models import CourseSession, Participant
from nennep.training.queries.holders import Holder, holders_under
from nennep.training.queries.sessions import day_of_list, to_invite


@dataclass(frozen=True, slots=True)
class Came:
    """All who were invited came, except `absent` (ids of their lines); `others` came as well."""

    absent: Collection[int] = ()
    others: Collection[Member] = ()


@transaction.atomic
def invite_holders(session: CourseSession, *, by: User) -> int:
    """Everybody who holds a post the course is meant for, as far as not on the list yet."""
    fresh = open_session(session)
    added = _write(fresh, to_invite(fresh))
    if not added:
        raise Refusal(
            _(
                "Nobody is left to invite: everybody who holds such a post is on the list. Enter the"
                " posts first, on the roll of the cells."
            ),
            code="nobody_to_invite",
        )
    trail.record("people invited", fresh, by=by, count=added)
    return added


@transaction.atomic
def invite(session: CourseSession, *, people: Collection[Member], by: User) -> int:
    """Single people, with the post they hold, if any."""
    fresh = open_session(session)
    added = _write(fresh, _as_holders(fresh, people))
    trail.record("people invited", fresh, by=by, count=added)
    return added


@transaction.atomic
def take_back_invitation(person: Participant, *, by: User) -> None:
    """Only where who came is not recorded yet."""
    session = open_session(person.session)
    if session.recorded_at is not None:
        raise Refusal(
            _("Who came is recorded already. Record the person as absent instead."),
            code="recorded",
        )
    Participant.objects.filter(pk=person.pk).delete()
    trail.record("invitation taken back", session, by=by)


@transaction.atomic
def record_training(session: CourseSession, *, came: Came, by: User) -> CourseSession:
    """Everybody invited came, except some. Recorded again, it says anew who came."""
    fresh = open_session(session)
    if not fresh.has_begun:
        raise Refusal(
            _("This session has not begun. Who came is recorded afterwards."), code="not_begun"
        )
    before = _who_came(fresh)
    _write(fresh, _as_holders(fresh, came.others), is_invited=False)
    listed = fresh.participants.all()
    if not listed.exists():
        raise Refusal(_("Invite people first, or name who came."), code="nobody_invited")
    others = {member.pk for member in came.others}
    listed.update(came=True)
    listed.filter(pk__in=list(came.absent)).exclude(member_id__in=others).update(came=False)
    listed.filter(is_invited=False, came=False).delete()
    fresh.recorded_at = clock.now()
    fresh.save(update_fields=["recorded_at"])
    after = _who_came(fresh)
    trail.record("training recorded", fresh, by=by, count=len(after))
    changed = before.items() ^ after.items()
    tell_cells({unit_id for _pk, unit_id in changed})
    return fresh


def _who_came(session: CourseSession) -> dict[int, int]:
    """The lines of those who came, and their units."""
    return dict(session.participants.filter(came=True).values_list("pk", "unit_id"))


def _write(session: CourseSession, holders: Iterable[Holder], *, is_invited: bool = True) -> int:
    """As far as they are not on the list yet; returns how many were added."""
    there = set(session.participants.values_list("member_id", flat=True))
    nameless = session.participants.filter(member__isnull=True)
    units = set(nameless.values_list("unit_id", flat=True))
    rows = [
        Participant(
            session=session,
            unit_id=holder.unit_id,
            member_id=holder.member_id,
            post=holder.post,
            is_invited=is_invited,
        )
        for holder in holders
        if (holder.member_id not in there if holder.member_id else holder.unit_id not in units)
    ]
    return len(Participant.objects.bulk_create(rows))


def _as_holders(session: CourseSession, people: Collection[Member]) -> list[Holder]:
    """With the post each holds below the organiser, or as members of their cell without one."""
    posts = {h.member_id: h for h in holders_under(session.course.unit, day_of_list(session))}
    return [posts.get(person.pk) or _without_post(session, person) for person in people]


def _without_post(session: CourseSession, person: Member) -> Holder:
    unit = person.unit
    if not unit.path.startswith(session.course.unit.path):
        raise Refusal(
            _("%(name)s is not on a roll below “%(unit)s”.")
            % {"name": person.full_name, "unit": session.course.unit.name},
            code="not_below",
        )
    return Holder(unit.pk, unit.path, "", "", person.pk, person.full_name)  # type: ignore[arg-type]  # no post
