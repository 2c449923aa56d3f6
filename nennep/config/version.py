"""Which Nền Nếp this is: said by backups, so that one knows what can read them."""

VERSION = "0.1.0"  # as in pyproject.toml, which is not installed
