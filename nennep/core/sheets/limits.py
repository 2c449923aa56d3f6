"""How much of a file is looked at before it is called too much.

A spreadsheet is a compressed package: 400 kB may hold 400 MB. Everything is counted while it is
inflated, before it is understood.
"""

from dataclasses import dataclass, field
from time import monotonic

from nennep.core.sheets import refusals

MIB = 1024 * 1024
LONGEST_CELL = 32_767  # characters; a spreadsheet program writes no longer one
WIDEST = 200  # columns


@dataclass(frozen=True, slots=True)
class Limits:
    """`ratio` is inflated bytes for each byte of the file; `texts` are characters kept in memory."""

    file_bytes: int
    inflated_bytes: int
    rows: int
    cells: int
    texts: int
    seconds: int
    ratio: int = 100
    entries: int = 2_000
    columns: int = WIDEST


# A person's upload is read while they wait, by a server that others use too: a district's roll
# (15,420 rows, 1 MB) with room to spare.
UPLOAD = Limits(
    file_bytes=20 * MIB,
    inflated_bytes=200 * MIB,
    rows=60_000,
    cells=2_000_000,
    texts=30_000_000,
    seconds=50,
)
# Who sits at the machine may take in a city (481,400 rows: 28 MB, 208 MB inflated), alone.
COMMAND_LINE = Limits(
    file_bytes=128 * MIB,
    inflated_bytes=1024 * MIB,
    rows=1_048_576,
    cells=20_000_000,
    texts=100_000_000,
    seconds=600,
)


@dataclass(slots=True)
class Meter:
    """What was taken out of one file so far. Raises the refusal when it is too much."""

    limits: Limits
    inflated: int = 0
    cells: int = 0
    texts: int = 0
    _begun: float = field(default_factory=monotonic)

    def count_bytes(self, size: int) -> None:
        self.inflated += size
        if self.inflated > self.limits.inflated_bytes:
            raise refusals.too_much(self.limits.inflated_bytes // MIB)
        if monotonic() - self._begun > self.limits.seconds:
            raise refusals.too_slow()

    def count_cells(self, count: int) -> None:
        self.cells += count
        if self.cells > self.limits.cells:
            raise refusals.too_many_cells()

    def count_text(self, length: int, of_cell: int) -> None:
        """`length` characters more, by which one cell now holds `of_cell`."""
        if of_cell > LONGEST_CELL:
            raise refusals.cell_too_long()
        self.texts += length
        if self.texts > self.limits.texts:
            raise refusals.too_many_cells()
