"""How a written report is read: patterns and arithmetic on plain text. No Django, no tables."""
