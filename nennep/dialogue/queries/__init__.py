"""Proposals as pages, meetings, boards and the command line ask for them."""
