"""How the chain of the trail stands at a moment, signed, to be kept where nobody here can reach it.

A trail that was rewritten together with all its seals is sound in itself; only what was written
down outside tells. The key is derived from the secret key of the installation, so there is nothing
more to keep; its short form can be written on paper beside the file.
"""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import gettext as _

from nennep.core import clock
from nennep.core.canonical import canonical
from nennep.core.models import TrailSeal
from nennep.core.refusal import Refusal
from nennep.core.sealing import BEFORE_THE_FIRST

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

FORMAT = "nennep-checkpoint-1"
PURPOSE = b"nennep: checkpoints of the trail"


@dataclass(frozen=True)
class Checkpoint:
    """The chain up to one seal. `key` is the public key that signed it, in hexadecimal."""

    seal: int
    last_line: int
    digest: str
    made_at: str
    key: str


def make_checkpoint() -> Checkpoint:
    seal = TrailSeal.objects.order_by("-number").first()
    return Checkpoint(
        seal=seal.number if seal else 0,
        last_line=seal.last_line if seal else 0,
        digest=seal.digest if seal else BEFORE_THE_FIRST,
        made_at=clock.now().isoformat(timespec="seconds"),
        key=own_key(),
    )


def own_key() -> str:
    """The public half of this installation's key."""
    return _signer().public_key().public_bytes_raw().hex()


def written(checkpoint: Checkpoint) -> str:
    content = asdict(checkpoint)
    signature = _signer().sign(_signed(content)).hex()
    return json.dumps({"format": FORMAT, **content, "signature": signature}, indent=1) + "\n"


def read_checkpoint(path: Path) -> Checkpoint:
    """Raises Refusal on a file that is none, or whose content is not what was signed."""
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415 -- only the audit needs it
    from cryptography.hazmat.primitives.asymmetric.ed25519 import (  # noqa: PLC0415 -- likewise
        Ed25519PublicKey,
    )

    try:
        checkpoint, signature = _parsed(path.read_text())
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(checkpoint.key))
        key.verify(signature, _signed(asdict(checkpoint)))
    except InvalidSignature as error:
        raise Refusal(
            _("The checkpoint %(name)s was changed after it was signed: it proves nothing.")
            % {"name": path.name},
            code="checkpoint_changed",
        ) from error
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise Refusal(
            _("%(name)s cannot be read as a checkpoint of the trail.") % {"name": path.name},
            code="not_a_checkpoint",
        ) from error
    return checkpoint


def _parsed(text: str) -> tuple[Checkpoint, bytes]:
    content = json.loads(text)
    signature = bytes.fromhex(content.pop("signature"))
    if content.pop("format") != FORMAT:
        raise ValueError(FORMAT)
    return Checkpoint(**content), signature


def _signed(content: dict[str, Any]) -> bytes:
    return (FORMAT + canonical(content)).encode()


def _signer() -> "Ed25519PrivateKey":
    from cryptography.hazmat.primitives.asymmetric.ed25519 import (  # noqa: PLC0415 -- only the audit needs it
        Ed25519PrivateKey,
    )
    from cryptography.hazmat.primitives.hashes import SHA256  # noqa: PLC0415 -- likewise
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF  # noqa: PLC0415 -- likewise

    seed = HKDF(SHA256(), length=32, salt=None, info=PURPOSE).derive(settings.SECRET_KEY.encode())
    return Ed25519PrivateKey.from_private_bytes(seed)
