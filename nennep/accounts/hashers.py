from django.contrib.auth.hashers import Argon2PasswordHasher


class OwaspMinimumArgon2(Argon2PasswordHasher):
    """Argon2id at OWASP's minimum: 19 MiB, two passes, one lane.

    Django's default costs twenty times the processor time, which a small machine cannot pay for
    a whole city signing in on one evening.
    """

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1
