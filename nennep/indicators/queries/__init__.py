"""Questions about counters and figures."""
