from nennep.accounts.models.batch import AccountBatch
from nennep.accounts.models.grant import Grant, GrantQuerySet
from nennep.accounts.models.second_factor import RecoveryCode, SecondFactor
from nennep.accounts.models.signing_in import OpenSession, SignInTries
from nennep.accounts.models.user import User, UserManager

__all__ = [
    "AccountBatch",
    "Grant",
    "GrantQuerySet",
    "OpenSession",
    "RecoveryCode",
    "SecondFactor",
    "SignInTries",
    "User",
    "UserManager",
]
