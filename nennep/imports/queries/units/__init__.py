"""What a table of organisations would change below one of them."""

from nennep.imports.queries.units.judging import UnitPlan, judge_units

__all__ = ["UnitPlan", "judge_units"]
