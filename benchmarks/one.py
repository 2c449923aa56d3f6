"""`python -m benchmarks.one DATABASE SUBJECT`: measures one subject in the installation at hand."""

import importlib
import os
import sys

import django

if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "nennep.config.settings"
    django.setup()
    from nennep.config import preparation, warming

    preparation.prepare()
    warming.warm_up()  # as a process that serves begins
    database, subject = sys.argv[1:3]
    importlib.import_module(f"benchmarks.{subject}").measure(database)
