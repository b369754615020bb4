"""The groups of a siting model as flat lists: thousands of poles are looked through at once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from spatial.siting_model import Group, Whole


def members_of(groups: Sequence[Group]) -> tuple[Whole, Whole]:
    """Return the group and the option of each membership, each once, by group, then option."""
    lists = [np.asarray(group.options, dtype=np.int64) for group in groups]
    option = np.concatenate([np.empty(0, dtype=np.int64), *lists])
    group = np.repeat(np.arange(len(groups), dtype=np.int64), [len(own) for own in lists])
    many = int(option.max(initial=0)) + 1
    pairs = np.sort(group * many + option)
    pairs = pairs[np.diff(pairs, prepend=-1) > 0]
    return pairs // many, pairs % many
