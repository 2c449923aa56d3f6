"""What people type on the pages of meetings, turned into values for the actions."""
