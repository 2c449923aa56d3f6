"""What is typed into the pages of proposals and of surveys."""
