import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nennep.config.settings")
application = get_wsgi_application()

from nennep.config.warming import warm_up  # noqa: E402 -- Django stands first

warm_up()
