"""Who acts for the machine, and who holds what where."""

from dataclasses import dataclass

from django.db.models import Q
from django.http import HttpRequest
from django.utils.functional import Promise

from nennep.accounts import rules
from nennep.accounts.choices import Can, GrantState, Role
from nennep.accounts.models import Grant, GrantQuerySet, User
from nennep.core import clock
from nennep.core.fields import holding_on
from nennep.core.person import Person
from nennep.core.scoping import may
from nennep.core.text import fold, tidy
from nennep.organisation.models import Unit

COMMAND_LINE = "command-line"


@dataclass(frozen=True)
class GrantsLink:
    """A page of an app above that the page of roles leads to, for those who hold `verb` there."""

    label: str | Promise
    url_name: str
    verb: str
    icon: str


_links: dict[str, GrantsLink] = {}


def register_grants_link(
    label: str | Promise, url_name: str, *, verb: str, icon: str = "arrow"
) -> None:
    _links[url_name] = GrantsLink(label, url_name, verb, icon)


def grants_links(person: Person, unit: Unit) -> list[GrantsLink]:
    return [link for link in _links.values() if may(person, link.verb, unit)]


def system_person(name: str = COMMAND_LINE) -> User:
    """The account of the machine itself. It cannot sign in, and may grant anywhere."""
    person, _made = User.objects.get_or_create(
        username=name.lower(),
        defaults={"display_name": "Dòng lệnh", "is_machine": True, "password": "!"},
    )
    return person


def standing_grants_of(user: User) -> GrantQuerySet:
    """Those that give a right now or are to begin; what has expired or was withdrawn gives none."""
    return user.grants.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=clock.today()), ended_at__isnull=True
    ).select_related("unit")


def may_look_after(by: User, grant: Grant) -> bool:
    """Whether `by` may prolong and take this grant, and help who holds it back in.

    An administrator any in their reach; the office above a cell the roles of the cell.
    """
    return (
        by.is_machine
        or may(by, Can.MANAGE_GRANTS, grant.unit)
        or (grant.is_of_a_cell and may(by, Can.LOOK_AFTER_ACCOUNTS, grant.unit))
    )


def reaches_account(by: User, user: User) -> bool:
    """Whether all that the account may do lies in the reach of `by`.

    Else whoever gives it a new password would come by more than they may give. One without any
    standing grant belongs to who reaches the top.
    """
    standing = list(standing_grants_of(user))
    if standing:
        return all(may_look_after(by, grant) for grant in standing)
    top = Unit.objects.filter(depth=0)
    return by.is_machine or all(may(by, Can.MANAGE_GRANTS, unit) for unit in top)


def may_look_after_account(by: User, user: User) -> bool:
    return by.pk != user.pk and user.is_active and reaches_account(by, user)


def grants_under(unit: Unit, person: Person) -> GrantQuerySet:
    """The grants at a unit and below it that nobody has withdrawn, expired ones among them."""
    return (
        Grant.objects.visible_to(person)
        .within(unit)
        .filter(ended_at__isnull=True, user__is_active=True)
        .select_related("user", "unit", "given_by")
    )


def in_state(state: str) -> Q:
    today = clock.today()
    soon = today + rules.limits().ending_soon
    begun = Q(valid_from__lte=today)
    match state:
        case GrantState.HOLDING:
            return holding_on(today)
        case GrantState.ENDING:
            return begun & Q(valid_to__gte=today, valid_to__lte=soon)
        case GrantState.OVER:
            return Q(valid_to__lt=today)
        case GrantState.COMING:
            return Q(valid_from__gt=today)
    return Q()


def grants_found(
    grants: GrantQuerySet, q: str = "", role: str = "", state: str = ""
) -> GrantQuerySet:
    """Those of one role and state, and of people or organisations with this in their name.

    Codes of minute-takers, of which every meeting has one, only where they are asked for.
    """
    grants = grants.filter(in_state(state))
    grants = grants.filter(role=role) if role else grants.filter(only__isnull=True)
    for word in tidy(q).split():
        grants = grants.filter(
            Q(user__display_name__icontains=word)
            | Q(user__username__contains=word.lower())
            | Q(unit__folded_name__contains=fold(word))
            | Q(unit__code=word.upper())
        )
    return grants


def tops_of_grants(person: Person) -> list[Unit]:
    """The highest units whose roles the person sees."""
    paths = sorted({reach.path for reach in person.reaches(Can.VIEW_GRANTS)})
    highest = [p for p in paths if not any(p != q and p.startswith(q) for q in paths)]
    return list(Unit.objects.filter(path__in=highest).order_by("path"))


def last_administrator(user: User) -> bool:
    """Whether nobody else could manage grants from the top if this person could not."""
    others = Grant.objects.valid().filter(
        role=Role.ADMINISTRATOR, unit__depth=0, user__is_active=True
    )
    holds = others.filter(user=user).exists()
    return holds and not others.exclude(user=user).exists()


def place_of(request: HttpRequest) -> str:
    """The unit a person works in, for the head of every page: that of their first grant."""
    user = request.user
    grants = user.standing_grants if isinstance(user, User) else []
    return grants[0].unit.name if grants else ""
