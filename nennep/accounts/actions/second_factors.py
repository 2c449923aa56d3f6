"""Setting up a second step of signing in, passing it, and losing what it needs."""

from django.db import transaction
from django.utils.translation import gettext as _

from nennep.accounts.actions.reach import refuse_beyond
from nennep.accounts.actions.trying import forget_tries, trying
from nennep.accounts.choices import FactorKind
from nennep.accounts.models import RecoveryCode, SecondFactor, User
from nennep.accounts.models.signing_in import SECOND_STEP
from nennep.accounts.queries.second_factors import must_have_second_factor
from nennep.accounts.rules import one_time
from nennep.accounts.rules.passkeys import Passkey
from nennep.core import clock, trail
from nennep.core.refusal import Refusal
from nennep.core.sealed_texts import Unreadable
from nennep.core.text import tidy

LONGEST_NAME = 60


@transaction.atomic
def add_telephone(user: User, *, secret: bytes, code: str, name: str) -> SecondFactor:
    """The telephone's first code proves that it has the secret. It takes the place of another."""
    user = User.objects.select_for_update().get(pk=user.pk)
    step = one_time.matching_step(secret, one_time.typed(code), clock.moment().timestamp(), after=0)
    if step is None:
        raise Refusal(
            _(
                "That is not the code of this QR. Wait for the next one and type its six digits;"
                " if it fails again, set the telephone's clock to “automatic”."
            ),
            code="wrong_code",
            field="code",
        )
    user.second_factors.filter(kind=FactorKind.TOTP).delete()
    return _add(user, FactorKind.TOTP, name, secret, last_step=step)


@transaction.atomic
def add_passkey(user: User, *, passkey: Passkey, name: str) -> SecondFactor:
    user = User.objects.select_for_update().get(pk=user.pk)
    if user.second_factors.filter(credential_id=passkey.id.hex()).exists():
        raise Refusal(_("This passkey is set up already."), code="passkey_twice")
    return _add(user, FactorKind.PASSKEY, name, passkey.credential, credential_id=passkey.id.hex())


def _add(
    user: User,
    kind: FactorKind,
    name: str,
    secret: bytes,
    *,
    credential_id: str = "",
    last_step: int = 0,
) -> SecondFactor:
    factor = SecondFactor(
        user=user,
        kind=kind,
        name=tidy(name)[:LONGEST_NAME] or str(kind.label),
        credential_id=credential_id,
        last_step=last_step,
        made_at=clock.now(),
    )
    factor.seal(secret)
    factor.save()
    trail.record("second factor added", user, by=user, kind=kind)
    return factor


@transaction.atomic
def remove_second_factor(factor: SecondFactor, *, by: User) -> None:
    """One of one's own. The last one stays where a role asks for one."""
    user = User.objects.select_for_update().get(pk=factor.user_id)
    if not user.second_factors.exclude(pk=factor.pk).exists():
        if must_have_second_factor(user):
            raise Refusal(
                _(
                    "Your role asks for a second step, and this is the only one you have. Set up"
                    " another first."
                ),
                code="last_factor",
            )
        user.recovery_codes.all().delete()
    factor.delete()
    trail.record("second factor removed", user, by=by, kind=factor.kind)


@transaction.atomic
def make_recovery_codes(user: User) -> list[str]:
    """Ten new ones, shown now and never again; those before no longer work."""
    user = User.objects.select_for_update().get(pk=user.pk)
    codes = one_time.new_recovery_codes()
    user.recovery_codes.all().delete()
    RecoveryCode.objects.bulk_create(
        RecoveryCode(user=user, fingerprint=RecoveryCode.fingerprint_of(one_time.typed(code)))
        for code in codes
    )
    trail.record("recovery codes made", user, by=user, count=len(codes))
    return codes


def pass_by_code(user: User, code: str, *, network: str) -> None:
    """The second step with a code of the telephone, or with one of the paper."""
    with trying(user.username, kind=SECOND_STEP, network=network):
        given = one_time.typed(code)
        is_right = (
            _use_one_time(user, given) if one_time.is_one_time(given) else _use_paper(user, given)
        )
        if not is_right:
            raise Refusal(
                _(
                    "This code is not right, or was used already. Wait for the next one of the"
                    " telephone, or take another of your recovery codes."
                ),
                code="wrong_code",
                field="code",
            )


def pass_by_passkey(user: User, credential_id: bytes) -> None:
    """The second step with a passkey whose answer was found right (`rules.passkeys.used`)."""
    user.second_factors.filter(credential_id=credential_id.hex()).update(used_at=clock.now())


@transaction.atomic
def _use_one_time(user: User, code: str) -> bool:
    factor = user.second_factors.select_for_update().filter(kind=FactorKind.TOTP).first()
    if factor is None:
        return False
    step = one_time.matching_step(
        _opened(factor), code, clock.moment().timestamp(), after=factor.last_step
    )
    if step is None:
        return False
    factor.last_step, factor.used_at = step, clock.now()
    factor.save(update_fields=["last_step", "used_at"])
    return True


def _opened(factor: SecondFactor) -> bytes:
    try:
        return factor.secret
    except Unreadable as error:
        raise Refusal(
            _(
                "The key of this installation was changed, and your second step cannot be read any"
                " more. Ask the office above to reset it."
            ),
            code="factor_unreadable",
        ) from error


@transaction.atomic
def _use_paper(user: User, code: str) -> bool:
    fingerprint = RecoveryCode.fingerprint_of(code)
    used = user.recovery_codes.filter(fingerprint=fingerprint, used_at__isnull=True).update(
        used_at=clock.now()
    )
    if used:
        trail.record("recovery code used", user, by=user)
    return bool(used)


@transaction.atomic
def reset_second_factors(user: User, *, by: User) -> User:
    """For somebody whose telephone is lost: they set up another at the next sign-in.

    Whatever is still signed in on the lost one ends with it.
    """
    user = User.objects.select_for_update().get(pk=user.pk)
    refuse_beyond(by, user)
    count = user.second_factors.count()
    user.second_factors.all().delete()
    user.recovery_codes.all().delete()
    user.open_sessions.all().delete()
    forget_tries(user)
    trail.record("second factors reset", user, by=by, username=user.username, count=count)
    return user
