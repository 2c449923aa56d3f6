from nennep.accounts.models.grant import Grant, GrantQuerySet
from nennep.accounts.models.signing_in import OpenSession, SignInTries
from nennep.accounts.models.user import User, UserManager

__all__ = ["Grant", "GrantQuerySet", "OpenSession", "SignInTries", "User", "UserManager"]
