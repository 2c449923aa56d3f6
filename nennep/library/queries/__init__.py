"""What is found, and the words it is looked for with."""
