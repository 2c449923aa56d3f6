from django.apps import AppConfig


class StatementsConfig(AppConfig):
    name = "nennep.statements"
    label = "statements"
