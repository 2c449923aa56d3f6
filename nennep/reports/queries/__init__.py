"""What reports say, before they are papers."""
