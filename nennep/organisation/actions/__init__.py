"""What people do with the tree of organisations."""

from nennep.organisation.actions.body import begin_term, end_term, establish_body
from nennep.organisation.actions.closing import close_unit, may_close, on_succession, write_lineage
from nennep.organisation.actions.load import (
    NewBody,
    NewUnit,
    load_bodies,
    load_party_groups,
    load_units,
)
from nennep.organisation.actions.move import move_unit
from nennep.organisation.actions.party_group import close_party_group, open_party_group
from nennep.organisation.actions.unit import (
    change_block,
    change_kind,
    create_root,
    create_unit,
    rename_unit,
    set_national_code,
)

__all__ = [
    "NewBody",
    "NewUnit",
    "begin_term",
    "change_block",
    "change_kind",
    "close_party_group",
    "close_unit",
    "create_root",
    "create_unit",
    "end_term",
    "establish_body",
    "load_bodies",
    "load_party_groups",
    "load_units",
    "may_close",
    "move_unit",
    "on_succession",
    "open_party_group",
    "rename_unit",
    "set_national_code",
    "write_lineage",
]
