"""Key sets behind an address: kept shortly, looked at again once for a new kid."""

import asyncio

import pytest

from adapter.api.oauth.key_sets import KEPT, PAUSE, KeySets
from tests.builders.installation import Time

URI = "https://epd.example/jwks.json"
OLD, NEW = {"keys": [{"kid": "old"}]}, {"keys": [{"kid": "new"}]}


class Fetch:
    """Gives one answer after the other, the last for ever."""

    def __init__(self, *answers):
        self.answers = list(answers)
        self.count = 0

    async def __call__(self, uri):
        self.count += 1
        await asyncio.sleep(0)
        found = self.answers[min(self.count, len(self.answers)) - 1]
        if isinstance(found, Exception):
            raise found
        return found


def holds(kid):
    return lambda keys: any(key["kid"] == kid for key in keys["keys"])


def run(fetch, *steps):
    """Each step is (microseconds to wait, wanted kid); the key sets that were found."""
    time = Time()
    sets = KeySets(fetch, time)

    async def play():
        found = []
        for wait, kid in steps:
            time.now += wait
            found.append(await sets.find(URI, holds(kid)))
        return found

    return asyncio.run(play())


def test_a_set_is_fetched_once_while_it_is_kept():
    fetch = Fetch(OLD)
    assert run(fetch, (0, "old"), (KEPT - 1, "old")) == [OLD, OLD]
    assert fetch.count == 1


def test_a_set_is_not_believed_longer_than_that():
    fetch = Fetch(OLD, NEW)
    assert run(fetch, (0, "old"), (KEPT, "old")) == [OLD, NEW]


def test_a_new_kid_makes_us_look_again_once():
    fetch = Fetch(OLD, NEW)
    assert run(fetch, (0, "old"), (PAUSE, "new"), (0, "new")) == [OLD, NEW, NEW]
    assert fetch.count == 2


def test_made_up_kids_do_not_make_us_fetch_all_the_time():
    fetch = Fetch(OLD)
    run(fetch, (0, "old"), *[(1, f"made-up-{n}") for n in range(100)])
    assert fetch.count == 1


def test_a_good_set_is_used_on_when_a_second_look_fails():
    fetch = Fetch(OLD, OSError())
    assert run(fetch, (0, "old"), (PAUSE, "new"), (0, "old")) == [OLD, OLD, OLD]


def test_without_a_good_set_the_failure_goes_through():
    with pytest.raises(OSError, match="offline"):
        run(Fetch(OLD, OSError("offline")), (0, "old"), (KEPT, "old"))


def test_requests_at_the_same_moment_share_one_fetch():
    fetch = Fetch(OLD)
    sets = KeySets(fetch, Time())

    async def play():
        await asyncio.gather(*(sets.find(URI, holds("old")) for _ in range(20)))

    asyncio.run(play())
    assert fetch.count == 1


def test_the_number_of_kept_addresses_is_bounded():
    sets = KeySets(Fetch(OLD), Time())

    async def play():
        for number in range(600):
            await sets.find(f"https://epd.example/{number}", holds("old"))

    asyncio.run(play())
    assert len(sets._kept) <= 256
