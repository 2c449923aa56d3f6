"""What a register of past meetings would add to the ledger of the cells below one organisation."""

from nennep.imports.queries.history.judging import judge_history

__all__ = ["judge_history"]
