"""Public ids of the demonstration follow from its seed."""

from uuid import NAMESPACE_URL, uuid5

from nennep.core.ids import new_public_id, seeded_ids


def test_inside_a_series_ids_are_made_from_its_name_and_their_number():
    namespace = uuid5(NAMESPACE_URL, "a seed")

    with seeded_ids("a seed"):
        given = [new_public_id() for _ in range(300)]

    assert given == [uuid5(namespace, str(number)) for number in range(300)]
    assert new_public_id().version == 4
