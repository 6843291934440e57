import pytest

from adapter.fhir.path import child, joined


@pytest.mark.parametrize("name", ["status", "_birthDate", "valueBase64Binary", "value[x]"])
def test_the_name_of_an_element_is_shown(name: str) -> None:
    assert child("Task", name) == f"Task.{name}"


@pytest.mark.parametrize("name", ["999911120", "bsn999911120", "a b", "", "é", "x" * 200, "a-1"])
def test_any_other_name_is_left_out(name: str) -> None:
    assert child("Task", name) == "Task"


def test_a_path_ends_before_the_first_name_that_is_not_shown() -> None:
    assert joined("Task", ["note", 0, "999911120", "text"]) == "Task.note[0]"


def test_a_path_may_begin_without_a_root() -> None:
    assert joined("", ["note", 0]) == "note[0]"
