"""The table of roles and verbs must name what there is: no verb unknown, none that nobody holds."""

from django.core.checks import CheckMessage, Error, register

from nennep.accounts.choices import Role
from nennep.accounts.rules import rights, second_factor
from nennep.core import verbs


@register()
def the_table_of_roles_is_complete(**_: object) -> list[CheckMessage]:
    table = rights()
    held = {verb for entry in table.values() for verb in entry.figures | entry.content}
    errors: list[CheckMessage] = [
        Error(f"roles.toml names “{verb}”, which no app registers", id="nennep.E020")
        for verb in sorted(held - verbs.registered())
    ]
    errors += [
        Error(f"no role in roles.toml holds “{verb}”", id="nennep.E021")
        for verb in sorted(verbs.registered() - held)
    ]
    errors += [
        Error(f"roles.toml and the list of roles differ: “{role}”", id="nennep.E022")
        for role in sorted(set(table) ^ set(Role.values))
    ]
    errors += [
        Error(f"roles.toml asks “{role}” for a second factor, which is no role", id="nennep.E023")
        for role in sorted(second_factor().roles - set(Role.values))
    ]
    return errors
