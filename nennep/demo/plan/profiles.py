"""What kind of people and habits a block of cells has. Plausible, not measured."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Profile:
    """Ages on the day the demonstration stands on; shares of women and of working members."""

    youngest: int
    oldest: int
    women: float
    working: float
    hours: tuple[tuple[int, int], ...]  # when the cell usually meets: hour and minute
    is_office: bool = True


RESIDENTIAL = Profile(30, 86, 0.35, 0.75, ((19, 30), (19, 30), (20, 0), (8, 0)), is_office=False)
OFFICE = Profile(27, 59, 0.6, 0.97, ((14, 0), (15, 0), (16, 0), (8, 0)))
ENTERPRISE = Profile(26, 58, 0.35, 0.97, ((16, 30), (15, 0), (17, 0)))
STUDENT = Profile(24, 56, 0.5, 0.95, ((16, 0), (17, 0)))
ARMED = Profile(24, 55, 0.15, 1.0, ((14, 0), (15, 0)))

PROFILES = {
    "residential": RESIDENTIAL,
    "office": OFFICE,
    "state_enterprise": ENTERPRISE,
    "private_enterprise": ENTERPRISE,
    "student": STUDENT,
    "army": ARMED,
    "police": ARMED,
}


def profile_of(block: str) -> Profile:
    return PROFILES[block]
