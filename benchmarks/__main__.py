"""The measures of the product: `make bench` prints one JSON line for each.

The installation that is measured is built once for each database and kept in `.data/bench` (or
NENNEP_BENCH), with the seconds it took; delete its folder to build it anew. NENNEP_BENCH_SIZE=ward
or =district makes a smaller one. Whatever writes is measured on a copy, which is thrown away.
"""

import os
import sys

from benchmarks.installations import Installation, is_reachable
from benchmarks.printing import say, whole

SIZE = os.environ.get("NENNEP_BENCH_SIZE", "city")
LOOKING = ("boards", "pages", "figures", "review", "scoring", "tasks")
BUILT_WITHIN = {"city": 600, "district": 60, "ward": 60}  # seconds
VERIFIED_WITHIN = {"city": 300, "district": 30, "ward": 30}


def main() -> int:
    broken = 0
    for database in ("sqlite", "postgresql"):
        if is_reachable(database):
            broken += measure(database)
        else:
            sys.stderr.write("PostgreSQL is not measured: no server answers.\n")
    return 1 if broken else 0


def measure(database: str) -> int:
    """How many subjects broke off; what they measured before stands."""
    kept = Installation(database, SIZE, SIZE)
    kept.build_if_missing()
    say(f"{SIZE} built", kept.build_seconds, "s", BUILT_WITHIN[SIZE], database)
    seconds, told = kept.verify()
    sys.stderr.write(told)
    verified = f"{SIZE} verified: {whole(told)} cell-months and all sums of them"
    say(verified, seconds, "s", VERIFIED_WITHIN[SIZE], database)
    broken = sum(kept.run(subject) for subject in LOOKING)
    with kept.copied("writing") as copy:
        broken += copy.run("meeting")
    with Installation(database, "fresh", "district").for_once() as district:
        say("district built", district.build_seconds, "s", BUILT_WITHIN["district"], database)
        broken += district.run("recomputing")
        broken += district.run("intake")
        broken += district.run("keeping")
        broken += district.run("search")
        broken += district.run("rating")
    return broken


if __name__ == "__main__":
    sys.exit(main())
