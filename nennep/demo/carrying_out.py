"""The schemes of the city and the two districts, and the plans by which committees took them up."""

from datetime import date, timedelta

from nennep.accounts.models import User
from nennep.demo.plan.words import dice
from nennep.organisation.choices import CELL_KINDS
from nennep.organisation.models import Unit
from nennep.programmes.actions import adopt, register_programme
from nennep.programmes.choices import ProgrammeKind
from nennep.programmes.models import Programme
from nennep.regulations.models import Basis

CITY_SCHEME = "da-11-tu-2021"
DISTRICT_SCHEMES = {"SOCSON": "da-01-hu-soc-son", "PHUCTHO": "da-13-hu-phuc-tho"}
CONTENT = "Nâng cao chất lượng sinh hoạt chi bộ: sinh hoạt thường kỳ và chuyên đề theo các bước, chuyên cần, phân công nhiệm vụ, tập huấn cấp ủy."
FIRST_PLAN, LAST_PLAN = date(2022, 4, 4), date(2022, 9, 30)
WITHOUT_PLAN = 0.06  # of the organisations directly under a district


def carry_out_schemes(seed: int, *, by: User) -> None:
    city = Unit.objects.get(parent__isnull=True)
    scheme = register_programme(
        city,
        kind=ProgrammeKind.SCHEME,
        basis=Basis.objects.get(code=CITY_SCHEME),
        content=CONTENT,
        by=by,
    )
    for code, basis in DISTRICT_SCHEMES.items():
        district = Unit.objects.get(code=code)
        own = register_programme(
            district,
            kind=ProgrammeKind.SCHEME,
            basis=Basis.objects.get(code=basis),
            carries_out=scheme,
            by=by,
        )
        _take_up_below(own, district, seed, by)


def _take_up_below(programme: Programme, district: Unit, seed: int, by: User) -> None:
    """Invented plans, each with a number and a day; a few have none, as reviews find."""
    days = (LAST_PLAN - FIRST_PLAN).days
    for unit in district.children.living().order_by("code"):
        chance = dice(seed, "plan of the scheme", unit.code)
        if chance.random() < WITHOUT_PLAN:
            continue
        body = "CB" if unit.kind in CELL_KINDS else "ĐU"
        number = chance.randint(4, 60)
        day = FIRST_PLAN + timedelta(days=chance.randrange(days))
        adopt(programme, unit, document=f"Kế hoạch {number}-KH/{body}", on=day, by=by)
