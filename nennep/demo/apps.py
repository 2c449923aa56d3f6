from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "nennep.demo"
    label = "demo"
