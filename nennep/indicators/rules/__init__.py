"""How a cell's month adds up the tree, and what a figure is, as arithmetic on plain values."""
