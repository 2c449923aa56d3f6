import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nennep.config.settings")
application = get_wsgi_application()

from nennep.config.logs import catch_what_nobody_catches  # noqa: E402 -- Django stands first
from nennep.config.warming import warm_up  # noqa: E402 -- likewise

catch_what_nobody_catches()
warm_up()
