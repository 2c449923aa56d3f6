"""The score sheets as dated rules: which one holds at a place on a day."""

from dataclasses import dataclass
from typing import ClassVar

from nennep.quality.choices import SheetKind
from nennep.quality.rules.sheets import Sheet, read_sheet
from nennep.quality.rules.years import YearRules, read_year
from nennep.regulations.rules import sheet

PAGES = {"page": "quality:sheet", "pages": "quality:sheets"}


def _(message: str) -> str:
    """Mark a text for translation; it is translated where it is shown."""
    return message


@dataclass(frozen=True, slots=True)
class QualityRules:
    """What is said on the quality of meetings, at one place on one day."""

    prefix: ClassVar[str] = "quality"

    sheet_regular: Sheet | None = sheet(  # noqa: RUF009 -- returns field()
        _("Score sheet of regular meetings"), read_sheet, **PAGES
    )
    sheet_thematic: Sheet | None = sheet(  # noqa: RUF009 -- likewise
        _("Score sheet of thematic meetings"), read_sheet, **PAGES
    )
    year: YearRules | None = sheet(  # noqa: RUF009 -- likewise
        _("Class of a cell's meetings in a year"), read_year, **PAGES
    )
    half_year: YearRules | None = sheet(  # noqa: RUF009 -- likewise
        _("Class of a cell's meetings in a half-year"), read_year, **PAGES
    )

    def sheet_for(self, kind: str) -> Sheet | None:
        """The sheet of a kind of sheet; a thematic meeting without one of its own has none."""
        return self.sheet_thematic if kind == SheetKind.THEMATIC else self.sheet_regular


KEYS = {
    SheetKind.REGULAR: f"{QualityRules.prefix}.sheet_regular",
    SheetKind.THEMATIC: f"{QualityRules.prefix}.sheet_thematic",
}
