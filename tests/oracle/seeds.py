"""Seeded leaks: (module, old text, new text), put into the loaded code while a test looks for them.

A check that lets a seed live would let the real mistake live (access-control 4.4). Nothing of this
is in the product, and nothing of the product is imported here but by name: the changed source is
compiled, and the functions that differ get its code until the block ends.
"""

import importlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any

_GATES = "adapter.store.gates"
_STATEMENTS = "adapter.store.statements"
_SEARCH = "adapter.store.search_statement"
_VIEWS = "adapter.access.views"
_DECISION = "adapter.access.decision"
_DISCLOSE = "adapter.workflows.disclose"


@dataclass(frozen=True)
class Seed:
    name: str
    module: str
    old: str
    new: str
    sought_in: str = "answers"  # answers | gp record | hidden change

    def __str__(self) -> str:
        return self.name


SEEDS = (
    Seed(
        "deny ignored", _GATES, 'return _exists(consent_rule, self._rule("deny"))', "return false()"
    ),
    Seed(
        "deny for everybody ignored",
        _GATES,
        'consent_rule.c.party, URA, FUNCTION, STAFF, fixed("*")',
        "consent_rule.c.party, URA, FUNCTION, STAFF",
    ),
    Seed(
        "relation period ignored",
        _GATES,
        "or_(*accepted),\n                open_now(relation),",
        "or_(*accepted),",
    ),
    Seed(
        "consent period ignored",
        _GATES,
        "consent_rule.c.category == self.item.category,\n            ),\n"
        "            open_now(consent_rule),",
        "consent_rule.c.category == self.item.category,\n            ),",
    ),
    Seed(
        "end of every interval inclusive", _GATES, "row.c.valid_to > NOW", "row.c.valid_to >= NOW"
    ),
    Seed("start exclusive", _GATES, "row.c.valid_from <= NOW", "row.c.valid_from < NOW"),
    Seed(
        "consent of an earlier trajectory counts",
        _GATES,
        "consent_rule.c.trajectory == self.item.trajectory,",
        "true(),",
    ),
    Seed(
        "consent for one category opens all",
        _GATES,
        "consent_rule.c.category == self.item.category,",
        "true(),",
    ),
    Seed("GP alignment not asked for", _GATES, "if aligned:", "if False:"),
    Seed(
        "second consent not asked for",
        _GATES,
        "for c in (consent, also)",
        "for c in (consent,)",
        sought_in="gp record",
    ),
    Seed("audience not asked for", _GATES, "if self.item.rid is None or not", "if True or not"),
    Seed("audience of anybody", _GATES, "audience.c.party == URA,", ""),
    Seed("agreement in force or not", _GATES, "of_kind, open_now(agreement)", "of_kind"),
    Seed(
        "any agreement will do",
        _GATES,
        'fixed("his-user" if inside else "partner")',
        "agreement.c.kind",
    ),
    Seed(
        "authorisation not asked for",
        _GATES,
        "        if at_gp_record:\n",
        "        if False:\n",
        sought_in="gp record",
    ),
    Seed(
        "own record holds the next practice's",
        _GATES,
        "fixed(OWN_RECORD), own)",
        "fixed(OWN_RECORD))",
    ),
    Seed(
        "entered in error shown",
        _GATES,
        "return and_(self._by_category(self._addressed, false()), not_(self.item.hidden))",
        "return and_(self._by_category(self._addressed, false()))",
    ),
    Seed(
        "death changes nothing",
        _GATES,
        "patient_table.c.deceased_at.is_(None), patient_table.c.gp == URA",
        "true()",
    ),
    Seed("owner of another Task sees it whole", _GATES, "self.item.owner == URA", "true()"),
    Seed("suspension ignored", _GATES, "        staff.c.suspended_at.is_(None),\n", ""),
    Seed("ended token accepted", _GATES, "token.c.expires_at > NOW, ", ""),
    Seed("token of another role accepted", _STATEMENTS, "staff.c.role == token.c.role,", ""),
    Seed("403 instead of 404", _DECISION, ".get(failing, 404)", ".get(failing, 403)"),
    Seed(
        "relation without permit suffices", _DECISION, "gates.permit or gates.break_glass", "True"
    ),
    Seed(
        "outer tables of a sub-select added anew",
        _GATES,
        "inner.correlate_except(table).exists()",
        "inner.correlate(None).exists()",
    ),
    Seed(
        "relation of anybody, for want of correlation",
        _GATES,
        "            .correlate_except(relation)\n        )\n\n    def _permitted",
        "            .correlate(None)\n        )\n\n    def _permitted",
    ),
    Seed(
        "filter after LIMIT",
        _SEARCH,
        'hits = rows.cte("hits")',
        'early = resource.alias("early")\n'
        "    first = select(early.c.rid).where(early.c.type == gates.fixed(type_))\n"
        '    first = first.order_by(early.c.updated.desc()).limit(bindparam("limit"))\n'
        '    hits = rows.where(resource.c.rid.in_(first)).cte("hits")',
    ),
    Seed(
        "total counts hidden",
        _SEARCH,
        ".select_from(hits)",
        ".select_from(resource).where(resource.c.type == gates.fixed(type_))",
    ),
    Seed(
        "page of everybody",
        _SEARCH,
        "hits.c.place, hits.c.id) > after",
        "hits.c.place, hits.c.id) >= after",
    ),
    Seed(
        "reduced rows in order of change",
        _SEARCH,
        'literal_column("0"))',
        "resource.c.updated)",
        sought_in="hidden change",
    ),
    Seed(
        "OR list judged by its first value",
        _SEARCH,
        "in enumerate(forms))",
        "in enumerate(forms[:1]))",
    ),
    Seed(
        "named patient ignored",
        _SEARCH,
        "return resource.c.patient == key.scalar_subquery()",
        "return resource.c.patient == resource.c.patient",
    ),
    Seed("reference to unseen target kept", _VIEWS, "target not in visible", "target is visible"),
    Seed(
        "row of unseen target leaves the rest", _VIEWS, "pointer is None or pointer in kept", "True"
    ),
    Seed("narrative kept", _VIEWS, "kept = (*_ALWAYS,", 'kept = (*_ALWAYS, "note", "title",'),
    Seed(
        "time and version of a reduced view",
        _VIEWS,
        "marked: Json = {}",
        "marked: Json = dict(meta)",
    ),
    Seed("extension kept", _VIEWS, 'if e.get("url") in known', ""),
    Seed("BSN for the social domain", _VIEWS, "if not _is_bsn(i)", ""),
    Seed(
        "one log line for many patients",
        "adapter.workflows.search",
        "for row in first.values()",
        "for row in list(first.values())[:1]",
    ),
    Seed(
        "reduced view of another resource kept",
        _DISCLOSE,
        "key = (part.rid, part.version,",
        "key = (0, 0,",
    ),
)


@contextmanager
def planted(seed: Seed) -> Iterator[None]:
    """The product with this seed in it."""
    module = importlib.import_module(seed.module)
    source = Path(str(module.__file__)).read_text(encoding="utf-8")
    if source.count(seed.old) != 1:
        raise LookupError(f"the seed {seed.name!r} fits {source.count(seed.old)} places")
    changed = compile(source.replace(seed.old, seed.new), str(module.__file__), "exec")
    codes = {code.co_qualname: code for code in _codes(changed)}
    originals = [
        (function, function.__code__)
        for function in _functions(module)
        if codes[function.__qualname__].co_code != function.__code__.co_code
        or codes[function.__qualname__].co_consts != function.__code__.co_consts
        or codes[function.__qualname__].co_names != function.__code__.co_names
    ]
    if not originals:
        raise LookupError(f"the seed {seed.name!r} changes no function")
    for function, _ in originals:
        function.__code__ = codes[function.__qualname__]
    _forget(seed)
    try:
        yield
    finally:
        for function, code in originals:
            function.__code__ = code
        _forget(seed)


def _codes(code: CodeType) -> Iterator[CodeType]:
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield inner
            yield from _codes(inner)


def _functions(module: ModuleType) -> Iterator[FunctionType]:
    """Functions and methods that this module defines in its source."""
    spaces: list[Any] = [module]
    spaces += [v for v in vars(module).values() if isinstance(v, type)]
    for space in spaces:
        for value in vars(space).values():
            found = getattr(value, "__wrapped__", getattr(value, "fget", value))
            is_ours = isinstance(found, FunctionType) and found.__module__ == module.__name__
            if is_ours and found.__code__.co_filename == module.__file__:
                yield found


def _forget(seed: Seed) -> None:
    """Statements and rows of the truth table are made once and kept; a changed maker has to be
    asked again.
    """
    kept_in = (_STATEMENTS, _SEARCH) if seed.module.startswith("adapter.store.") else (_DISCLOSE,)
    for name in kept_in:
        for value in vars(importlib.import_module(name)).values():
            if hasattr(value, "cache_clear") and value.__module__ == name:
                value.cache_clear()
