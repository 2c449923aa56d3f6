"""Tables that somebody else made, read safely: rows of typed cells with their addresses.

No word of the domain: what the columns mean is said by whoever reads (`columns`).
"""
