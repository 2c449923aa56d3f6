from enum import StrEnum


class Can(StrEnum):
    MAKE_REVIEWS = "make reviews"
