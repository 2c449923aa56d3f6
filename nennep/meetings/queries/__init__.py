"""Questions about meetings that span rows."""
