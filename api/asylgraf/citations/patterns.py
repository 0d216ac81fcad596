"""Patterns that are compiled when they are first used: most texts need few of them, a start needs none."""

from __future__ import annotations

import re
from typing import Any, Final, cast

_VERBS: Final = ("match", "fullmatch", "search", "finditer", "findall", "split", "sub")


class _Lazy:
    """Stands in for a pattern; after the first call its verbs are those of the pattern itself."""

    def __init__(self, source: str, flags: re.RegexFlag) -> None:
        self._source, self._flags = source, flags

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever a pattern has
        compiled = re.compile(self._source, self._flags)
        self.__dict__.update({verb: getattr(compiled, verb) for verb in _VERBS})
        return getattr(compiled, name)


def lazy(source: str, flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
    """A pattern that costs nothing until it is used."""
    return cast("re.Pattern[str]", _Lazy(source, flags))
