"""Passkeys (WebAuthn): what the browser is asked, and whether its answer is right.

`host` is the name the product is opened under; a passkey made under one name is of no use under
another. Browsers offer passkeys only where nobody can listen in: over TLS, or on `localhost`.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fido2.server import Fido2Server

PRODUCT = "Nền Nếp"
Options = dict[str, Any]
State = dict[str, Any]


class WrongAnswer(Exception):
    """Another key, another question, another address, or no answer at all."""


@dataclass(frozen=True, slots=True)
class Passkey:
    """What is kept of a passkey: its id, and the public half it signs with."""

    id: bytes
    credential: bytes


def work_at(host: str, *, is_secure: bool) -> bool:
    """Whether a browser would make or use a passkey at this address."""
    name = name_of(host)
    is_local = name == "localhost" or name.endswith(".localhost")
    return (is_secure or is_local) and not _is_number(name)


def name_of(host: str) -> str:
    """The host without its port."""
    return host if host.endswith("]") else host.rsplit(":", 1)[0]


def _is_number(name: str) -> bool:
    try:
        ipaddress.ip_address(name.strip("[]"))
    except ValueError:
        return False
    return True


def ask_for_new(
    host: str, *, owner: bytes, name: str, label: str, known: Sequence[bytes]
) -> tuple[Options, State]:
    """The question to the browser, and what has to be remembered until it answers."""
    from fido2.webauthn import (  # noqa: PLC0415 -- 10 MB: only who uses a passkey pays for it
        PublicKeyCredentialUserEntity,
        ResidentKeyRequirement,
        UserVerificationRequirement,
    )

    options, state = _server(host).register_begin(
        PublicKeyCredentialUserEntity(id=owner, name=name, display_name=label),
        credentials=_credentials(known),
        resident_key_requirement=ResidentKeyRequirement.DISCOURAGED,
        user_verification=UserVerificationRequirement.PREFERRED,
    )
    return dict(options.public_key), dict(state)


def made(host: str, state: State, answer: Mapping[str, Any]) -> Passkey:
    try:
        found = _server(host).register_complete(state, answer).credential_data
    except (ValueError, TypeError, KeyError, AssertionError) as error:
        raise WrongAnswer from error
    if found is None:
        raise WrongAnswer
    return Passkey(bytes(found.credential_id), bytes(found))


def ask_for_known(host: str, known: Sequence[bytes]) -> tuple[Options, State]:
    from fido2.webauthn import UserVerificationRequirement  # noqa: PLC0415 -- as above

    options, state = _server(host).authenticate_begin(
        _credentials(known), user_verification=UserVerificationRequirement.PREFERRED
    )
    return dict(options.public_key), dict(state)


def used(host: str, state: State, known: Sequence[bytes], answer: Mapping[str, Any]) -> bytes:
    """The id of the passkey that signed."""
    try:
        found = _server(host).authenticate_complete(state, _credentials(known), answer)
    except (ValueError, TypeError, KeyError, AssertionError) as error:
        raise WrongAnswer from error
    return bytes(found.credential_id)


def _server(host: str) -> Fido2Server:
    from fido2.server import Fido2Server  # noqa: PLC0415 -- as above
    from fido2.webauthn import PublicKeyCredentialRpEntity  # noqa: PLC0415 -- as above

    return Fido2Server(PublicKeyCredentialRpEntity(id=name_of(host), name=PRODUCT))


def _credentials(known: Sequence[bytes]) -> list[Any]:
    from fido2.webauthn import AttestedCredentialData  # noqa: PLC0415 -- as above

    return [AttestedCredentialData(credential) for credential in known]
