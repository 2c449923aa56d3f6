"""How texts are cut, folded, weighed and asked for. No Django, no tables."""
