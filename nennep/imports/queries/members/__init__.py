"""What a list of members would change in the rolls below one organisation."""

from nennep.imports.queries.members.judging import MemberPlan, judge_members

__all__ = ["MemberPlan", "judge_members"]
