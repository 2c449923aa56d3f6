"""A table taken out of an e-handbook: counts by cell, whatever way it is laid out."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext as _

from nennep.core.secret_guard import refuse_secret
from nennep.core.sheets.book import open_book
from nennep.core.sheets.cells import Value
from nennep.core.sheets.columns import load_shape
from nennep.core.sheets.tables import mapping_of, read_table
from nennep.core.text import fold
from nennep.core.written import Unclear, read_count, read_text, read_yes
from nennep.organisation.models import Unit

SHAPE = Path(__file__).parents[1] / "presets" / "handbook_export.toml"
PARTS = ("installed", "signed_in", "installed_exempt")


@dataclass(frozen=True, slots=True)
class ReadCounts:
    """By cell, the counts found; and the lines that could not be taken, in words."""

    by_cell: Mapping[int, Mapping[str, int]]
    troubles: Sequence[str]


def counts_in_file(file: BinaryIO, name: str, cells: Sequence[Unit]) -> ReadCounts:
    """Lines of one cell are added up: a line may stand for a cell (numbers) or a member (yes, no)."""
    refuse_secret(file_name=name)
    table = read_table(open_book(file), load_shape(SHAPE))
    places = mapping_of(table.headings)
    known = _known(cells)
    found: dict[int, dict[str, int]] = defaultdict(lambda: dict.fromkeys(PARTS, 0))
    troubles: list[str] = []
    for row in table.rows():
        named = read_text(row.at(places["cell"]))
        if isinstance(named, Unclear) or not named:
            continue
        cell = known.get(fold(named))
        if cell is None:
            troubles.append(
                _("Row %(row)s: there is no cell “%(cell)s” below.")
                % {"row": row.number, "cell": named}
            )
            continue
        for part in PARTS:
            count = _count(row.at(places[part])) if part in places else 0
            if count is None:
                troubles.append(
                    _("Row %(row)s, “%(cell)s”: a number or x is expected.")
                    % {"row": row.number, "cell": named}
                )
                break
            found[cell][part] += count
    return ReadCounts(found, troubles)


def _known(cells: Sequence[Unit]) -> dict[str, int]:
    """Cells by code and by name; a name that two of them have means none."""
    by_name: dict[str, list[int]] = defaultdict(list)
    for cell in cells:
        by_name[cell.folded_name].append(cell.pk)
        by_name[cell.code.lower()].append(cell.pk)
    return {name: ids[0] for name, ids in by_name.items() if len(set(ids)) == 1}


def _count(value: Value) -> int | None:
    """A number, or one for a yes."""
    if value in (None, ""):
        return 0
    if not isinstance(value, str) or value.strip().replace(".", "").isdigit():
        count = read_count(value)
        return None if isinstance(count, Unclear) else count
    said = read_yes(value)
    return None if isinstance(said, Unclear) else int(bool(said))
