"""What is typed on the library's pages, checked for shape."""
