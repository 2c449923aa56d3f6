"""What the demonstration is: pure, the same on every machine, without a database."""
