"""What a table would change, row by row, before anything is changed."""
