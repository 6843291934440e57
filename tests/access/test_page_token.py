"""Page tokens: one search, one place, one caller; readable for nobody else."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapter.access.caller import Caller
from adapter.access.page_token import Page, page_token, read_page

KEY = b"k" * 32
CALLER = Caller(
    client="wilgenhof-his",
    ura="90000101",
    staff="m1",
    person="900012345",
    role="gp",
    purpose="TREAT",
    scope="system/*.rs",
)
PAGE = Page(type="Patient", pairs=(("family", "Verzonnen"),), place=7, id="m2")
_TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=40)


@given(
    pairs=st.lists(st.tuples(_TEXT, _TEXT), max_size=5),
    place=st.integers(0, 2**62),
    id_=_TEXT,
)
def test_a_page_comes_back_as_it_was(pairs: list[tuple[str, str]], place: int, id_: str) -> None:
    page = Page(type="Task", pairs=tuple(pairs), place=place, id=id_)
    assert read_page(KEY, CALLER, page_token(KEY, CALLER, page)) == page


def test_a_token_shows_nothing_of_the_search() -> None:
    other = replace(PAGE, pairs=(("family", "Verdacht!"),))
    tokens = [page_token(KEY, CALLER, page) for page in (PAGE, other)]
    assert len(tokens[0]) == len(tokens[1])
    assert tokens[0][:22] != tokens[1][:22]
    assert "Verzonnen" not in tokens[0]


def test_equal_pages_have_equal_tokens() -> None:
    assert page_token(KEY, CALLER, PAGE) == page_token(KEY, CALLER, PAGE)


@pytest.mark.parametrize(
    "other",
    [
        {"client": "singelzicht-his"},
        {"ura": "90000102"},
        {"staff": "m9"},
        {"role": "poh"},
        {"purpose": "HOPERAT"},
    ],
    ids=str,
)
def test_a_token_is_its_callers_only(other: dict[str, str]) -> None:
    token = page_token(KEY, CALLER, PAGE)
    assert read_page(KEY, CALLER._replace(**other), token) is None
    assert read_page(KEY, CALLER._replace(scope="system/*.s"), token) == PAGE


def test_a_token_of_another_installation_is_none() -> None:
    assert read_page(b"x" * 32, CALLER, page_token(KEY, CALLER, PAGE)) is None


@given(st.data())
def test_one_changed_character_is_no_token(data: st.DataObject) -> None:
    token = page_token(KEY, CALLER, PAGE)
    n = data.draw(st.integers(0, len(token) - 1))
    other = data.draw(st.sampled_from("ABCxyz019-_").filter(lambda c: c != token[n]))
    assert read_page(KEY, CALLER, token[:n] + other + token[n + 1 :]) is None


@pytest.mark.parametrize("token", ["", ".", "A", "AAAA", "ééé", "=" * 5, "A" * 40])
def test_what_is_no_token_is_none(token: str) -> None:
    assert read_page(KEY, CALLER, token) is None
