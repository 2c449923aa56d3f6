"""Who is to be trained, who was, what is planned."""
