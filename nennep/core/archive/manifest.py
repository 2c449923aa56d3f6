"""What a backup says of itself: at its beginning what it is, at its end what it holds."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from nennep.core.archive.damage import Damaged
from nennep.core.archive.kinds import Column, Kind, Table
from nennep.core.refusal import Refusal

FORMAT = 1
README = """\
Bản sao lưu của Nền Nếp / A backup of Nền Nếp

Khôi phục: nennep restore FILE --into THƯ-MỤC-MỚI
Kiểm tra:  nennep backup verify FILE

To read it without the program: this is a tar file. about.json says what it is, manifest.json what
it holds. tables/NAME/NNNN.gz are the rows of a table in the text format of PostgreSQL's COPY, the
columns as listed in about.json; files/ are the files kept, files.sha256 their sums
(sha256sum -c files.sha256); the last member is the SHA-256 of all bytes before it.
"""


@dataclass(frozen=True)
class About:
    """`migrations` are those applied, as `app.name`; `left_out` tables come back empty."""

    product: str
    made_at: str
    database: str
    migrations: list[str]
    tables: list[Table]
    left_out: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Summary:
    """The rows of a table, and the SHA-256 of all its lines."""

    rows: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """`files_sha256` is the hash of the list of files, which has the hash of each."""

    tables: Mapping[str, Summary]
    files: int
    files_bytes: int
    files_sha256: str
    has_secret_key: bool

    @property
    def rows(self) -> int:
        return sum(table.rows for table in self.tables.values())


def about_text(about: About) -> bytes:
    return json.dumps({"format": FORMAT, **asdict(about)}, ensure_ascii=False, indent=1).encode()


def read_about(content: bytes) -> About:
    said = _object(content)
    if said.pop("format", None) != FORMAT:
        raise Refusal(
            _("This backup has a format that this program does not know. Install a newer one."),
            code="newer_format",
        )
    try:
        tables = [
            Table(
                table["name"],
                tuple(Column(c["name"], Kind(c["kind"])) for c in table["columns"]),
                tuple(table["key"]),
            )
            for table in said.pop("tables")
        ]
        return About(tables=tables, **said)
    except (KeyError, TypeError, ValueError) as error:
        raise Damaged(_("a part of it cannot be read")) from error


def manifest_text(manifest: Manifest) -> bytes:
    return json.dumps(asdict(manifest), indent=1).encode()


def read_manifest(content: bytes) -> Manifest:
    said = _object(content)
    try:
        tables = {name: Summary(**summary) for name, summary in said.pop("tables").items()}
        return Manifest(tables=tables, **said)
    except (KeyError, TypeError, AttributeError) as error:
        raise Damaged(_("a part of it cannot be read")) from error


def _object(content: bytes) -> dict[str, Any]:
    try:
        said = json.loads(content)
    except ValueError as error:
        raise Damaged(_("a part of it cannot be read")) from error
    if not isinstance(said, dict):
        raise Damaged(_("a part of it cannot be read"))
    return said
