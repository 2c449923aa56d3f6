"""What the regulations say of ratings and commendation, as arithmetic on plain values."""
