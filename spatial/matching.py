"""Which records of several agencies' lists tell of the same cameras: by place, purpose and text, with a score.

Lists of one pole differ by metres, by the spelling of an address, by the word for a purpose. DBSCAN gathers the points
that may be one pole; TF-IDF over pieces of words, with nearest neighbours, finds the same address further off. Each pair
gets a score from 0 to 1 and its parts; what is sure joins, what is doubtful is for a person to say.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

import numpy as np
import pandas as pd
import scipy.sparse as sp
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from spatial.types import MatchRules

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

COLUMNS = (
    "agency", "x_m", "y_m", "purpose", "further", "legal_ground", "address_road", "address_lot", "name", "view_text",
    "cameras", "pixels", "installed_on",
)  # fmt: skip
PARTS = ("place", "purpose", "text", "facts")
_ADDRESSES = ("address_road", "address_lot", "name")
# What nobody knows speaks neither for nor against.
_UNKNOWN = 0.5
# How much each part says of the score. Measured: `golmok matches --trial` prints precision and recall with these.
_WEIGHTS = np.array([0.20, 0.30, 0.25, 0.25])
# Two numbers of houses that differ make neighbours of addresses that are alike in all other letters.
_OTHER_NUMBER = 0.45
_NUMBER = re.compile(r"(\d+(?:-\d+)?)(?:번지|호)?(?!.*\d)")
_BRACKETS = re.compile(r"\([^)]*\)?")
_STRIP_ROWS = 2_000


def compared(records: pd.DataFrame, rules: MatchRules) -> pd.DataFrame:
    """Return every pair of records that may tell of the same cameras, scored, the best first.

    records  columns COLUMNS: point in metres; purpose, a code, and further ones with commas between; legal_ground of the
             first; texts, '' where unknown; cameras, heads of the record; pixels and installed_on, missing where unknown
    Returns  a, b (positions in `records`, a < b), distance_m, the parts place, purpose, text and facts (0..1; NaN where
             one side says nothing), score (0..1) and held, what keeps a machine from joining them whatever the score:
             count (not as many cameras), month (hung more than half a year apart), address (none on a side), rival
             (another record of the same two lists could be it nearly as well, or one whose month is not known could be
             either of two that were hung at different times), '' nothing; never a pair of one agency,
             nor one below `rules.doubtful`
    """
    agencies = pd.factorize(records["agency"])[0]
    texts = {name: records[name].fillna("").map(_plain) for name in _ADDRESSES}
    # one space of words for all, so that a piece that every address holds weighs little in each
    words = _vectors(texts)
    pairs = np.unique(np.vstack([_by_place(records, rules), _by_text(records, texts, words, rules)]), axis=0)
    pairs = pairs[agencies[pairs[:, 0]] != agencies[pairs[:, 1]]]
    a, b = pairs[:, 0], pairs[:, 1]
    apart = np.hypot(
        *(records[name].to_numpy(float)[a] - records[name].to_numpy(float)[b] for name in ("x_m", "y_m"))
    )
    found = pd.DataFrame({"a": a, "b": b, "distance_m": apart})
    found["place"] = np.exp(-((apart / 30.0) ** 2))
    found["purpose"] = _purpose(records, a, b)
    found["text"] = _text(texts, words, a, b)
    found["facts"] = _facts(records, a, b)
    found["score"] = found[list(PARTS)].fillna(_UNKNOWN).to_numpy() @ _WEIGHTS
    late = _years_apart(records, a, b)
    count = records["cameras"].to_numpy()
    rival = np.fmax(_rival(found, "a", agencies[b]), _rival(found, "b", agencies[a]))
    found["held"] = np.select(
        [
            count[a] != count[b],
            late,
            found["text"].isna(),
            (found["score"] - rival < rules.margin) | _between(found, records, rules),
        ],
        ["count", "month", "address", "rival"],
        "",
    )
    # for another purpose and of another year: two cameras of one pole, which nobody need be asked about
    kept = found[found["score"].ge(rules.doubtful) & ~(late & found["purpose"].eq(0.0))]
    return kept.sort_values(["score", "a", "b"], ascending=[False, True, True], ignore_index=True)


def joined(
    pairs: pd.DataFrame,
    agencies: pd.Series[str],
    rules: MatchRules,
    *,
    same: Collection[tuple[int, int]] = (),
    different: Collection[tuple[int, int]] = (),
) -> pd.DataFrame:
    """Return the pairs that are told: each record joins at most one of every other list, the best first.

    pairs      as `compared` gives them
    agencies   of every record, by position
    same, different  what people said of pairs of positions (a < b); it holds whatever the score
    Returns    a, b and state: said (a person joined them), sure or doubtful. No group of joined records holds two of one
               agency that nobody joined, nor two that somebody told apart
    """
    groups = _Groups(agencies.to_numpy(), different)
    told: list[tuple[int, int, str]] = []
    for a, b in sorted(same):
        groups.join(a, b, always=True)
        told.append((a, b, "said"))
    sure = pairs["score"].ge(rules.sure) & pairs["held"].eq("")
    for state, rows in (("sure", pairs[sure]), ("doubtful", pairs[~sure])):
        for a, b in zip(rows["a"].tolist(), rows["b"].tolist(), strict=True):
            if groups.join(a, b):
                told.append((a, b, state))
        # what is only asked must keep nothing from being joined: sure pairs come first
    return pd.DataFrame(told, columns=["a", "b", "state"])


def groups_of(pairs: pd.DataFrame, count: int) -> Ints:
    """Return for each of `count` records the least position of the records that it is joined with by `pairs` (a, b)."""
    ones = np.ones(len(pairs), dtype=np.int8)
    graph = sp.coo_matrix((ones, (pairs["a"].to_numpy(int), pairs["b"].to_numpy(int))), shape=(count, count))
    _, labels = sp.csgraph.connected_components(graph, directed=False)
    first = pd.Series(np.arange(count)).groupby(labels).transform("min")
    return first.to_numpy(dtype=np.int64)


class _Groups:
    """Records joined so far (union-find), with the agencies of each group and the pairs told apart."""

    def __init__(self, agencies: NDArray[np.object_], different: Collection[tuple[int, int]]) -> None:
        self._above = list(range(len(agencies)))
        self._members: dict[int, list[int]] = {}
        self._agencies = agencies
        self._apart: dict[int, set[int]] = {}
        for a, b in different:
            self._apart.setdefault(a, set()).add(b)
            self._apart.setdefault(b, set()).add(a)

    def join(self, a: int, b: int, *, always: bool = False) -> bool:
        """Join two records' groups and say so; False where they are joined already or may not be."""
        one, two = self._root(a), self._root(b)
        if one == two:
            return False
        left, right = self._members.get(one, [one]), self._members.get(two, [two])
        if not always and self._clash(left, right):
            return False
        self._above[two] = one
        self._members[one] = left + right
        return True

    def _clash(self, left: list[int], right: list[int]) -> bool:
        if {self._agencies[each] for each in left} & {self._agencies[each] for each in right}:
            return True
        others = set(right)
        return any(self._apart.get(each, set()) & others for each in left)

    def _root(self, place: int) -> int:
        while self._above[place] != place:
            self._above[place] = self._above[self._above[place]]
            place = self._above[place]
        return place


def _by_place(records: pd.DataFrame, rules: MatchRules) -> Ints:
    """Return pairs (n, 2) of positions whose points hang together."""
    xy = records[["x_m", "y_m"]].to_numpy(float)
    if len(xy) < 2:
        return np.empty((0, 2), dtype=np.int64)
    from sklearn.cluster import DBSCAN  # a second to import: whoever has nothing to compare does without

    label = DBSCAN(eps=rules.near_m, min_samples=2).fit(xy).labels_
    pairs = cKDTree(xy).query_pairs(rules.reach_m, output_type="ndarray").astype(np.int64)
    pairs = np.sort(pairs.reshape(-1, 2), axis=1)
    together = (label[pairs[:, 0]] == label[pairs[:, 1]]) & (label[pairs[:, 0]] >= 0)
    return np.asarray(pairs[together], dtype=np.int64)


def _by_text(
    records: pd.DataFrame,
    texts: dict[str, pd.Series[str]],
    words: dict[str, sp.csr_matrix],
    rules: MatchRules,
) -> Ints:
    """Return pairs (n, 2) of positions whose addresses are the nearest neighbours of each other in words."""
    x = records["x_m"].to_numpy(float)
    found = [np.empty((0, 2), dtype=np.int64)]
    if not any(column.ne("").any() for column in texts.values()):
        return found[0]
    from sklearn.neighbors import NearestNeighbors

    for name in _ADDRESSES:
        told = np.flatnonzero(texts[name].ne("").to_numpy())
        for own, around in _strips(x, told, rules.far_m):
            near = NearestNeighbors(radius=1.0 - _SAME_TEXT, metric="cosine").fit(words[name][around])
            hits = near.radius_neighbors(words[name][own], return_distance=False)
            left = np.repeat(own, [len(each) for each in hits])
            right = around[np.concatenate([*hits, np.empty(0, dtype=np.int64)]).astype(np.int64)]
            found.append(np.column_stack([np.minimum(left, right), np.maximum(left, right)]))
    pairs = np.vstack(found)
    y = records["y_m"].to_numpy(float)
    apart = np.hypot(x[pairs[:, 0]] - x[pairs[:, 1]], y[pairs[:, 0]] - y[pairs[:, 1]])
    return np.asarray(pairs[(pairs[:, 0] < pairs[:, 1]) & (apart <= rules.far_m)], dtype=np.int64)


_SAME_TEXT = 0.9


def _strips(x: Floats, told: Ints, far_m: float) -> Iterator[tuple[Ints, Ints]]:
    """Yield positions by strips from west to east, each with the positions within far_m of it: no pair is missed."""
    order = told[np.argsort(x[told], kind="stable")]
    east = x[order]
    for start in range(0, len(order), _STRIP_ROWS):
        own = order[start : start + _STRIP_ROWS]
        low = np.searchsorted(east, x[own[0]] - far_m, side="left")
        high = np.searchsorted(east, x[own[-1]] + far_m, side="right")
        yield own, order[low:high]


def _vectors(texts: dict[str, pd.Series[str]]) -> dict[str, sp.csr_matrix]:
    every = pd.concat(texts.values())
    told = every[every.ne("")]
    if told.empty:
        return {name: sp.csr_matrix((len(column), 1)) for name, column in texts.items()}
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectorizer = TfidfVectorizer(analyzer="char", ngram_range=(2, 3), dtype=np.float64).fit(told)
    return {name: vectorizer.transform(column) for name, column in texts.items()}


def _text(texts: dict[str, pd.Series[str]], words: dict[str, sp.csr_matrix], a: Ints, b: Ints) -> Floats:
    """Return how alike the addresses of pairs are: the better of road and lot, NaN where no kind stands on both sides."""
    best = np.full(len(a), np.nan)
    for name in _ADDRESSES:
        text = texts[name].to_numpy()
        both = (text[a] != "") & (text[b] != "")
        alike = np.asarray(words[name][a].multiply(words[name][b]).sum(axis=1)).ravel()
        number = texts[name].map(_house_number).to_numpy()
        other = (number[a] != "") & (number[b] != "") & (number[a] != number[b])
        best = np.fmax(best, np.where(both, np.where(other, alike * _OTHER_NUMBER, alike), np.nan))
    return np.asarray(np.minimum(best, 1.0), dtype=np.float64)


def _purpose(records: pd.DataFrame, a: Ints, b: Ints) -> Floats:
    """Return 1 for the same purpose, 0.6 where one holds the other's among several, 0.4 for the same ground in law."""
    purpose, ground = records["purpose"].to_numpy(), records["legal_ground"].to_numpy()
    several = [frozenset(filter(None, [first, *str(more).split(",")])) for first, more in
               zip(purpose, records["further"].fillna(""), strict=True)]  # fmt: skip
    shared = np.array([bool(several[i] & several[j]) for i, j in zip(a, b, strict=True)], dtype=bool)
    return np.select([purpose[a] == purpose[b], shared, ground[a] == ground[b]], [1.0, 0.6, 0.4], 0.0)


def _facts(records: pd.DataFrame, a: Ints, b: Ints) -> Floats:
    """Return the share of agreeing facts among those told on both sides: count, month, pixels, view; count always is."""
    count = records["cameras"].to_numpy(float)
    months = _months(records["installed_on"])
    pixels = records["pixels"].to_numpy(float)
    view = records["view_text"].fillna("").map(_plain).to_numpy()
    both_viewed = (view[a] != "") & (view[b] != "")
    agree = np.array([
        np.where(count[a] == count[b], 1.0, np.where(np.abs(count[a] - count[b]) == 1.0, 0.4, 0.0)),
        np.clip(1.0 - np.abs(months[a] - months[b]) / 12.0, 0.0, 1.0),
        np.where(np.isnan(pixels[a]) | np.isnan(pixels[b]), np.nan, (pixels[a] == pixels[b]).astype(float)),
        np.where(both_viewed, (view[a] == view[b]).astype(float), np.nan),
    ])  # fmt: skip
    return np.asarray(np.nanmean(agree, axis=0) if len(a) else np.empty(0), dtype=np.float64)


def _years_apart(records: pd.DataFrame, a: Ints, b: Ints) -> NDArray[np.bool_]:
    """Say which pairs were hung more than half a year apart, as both lists tell; False where one does not."""
    months = _months(records["installed_on"])
    return np.asarray(np.abs(months[a] - months[b]) > _HALF_A_YEAR, dtype=bool)


_HALF_A_YEAR = 6.0


def _rival(found: pd.DataFrame, end: str, lists: Ints) -> Floats:
    """Return for each pair the best score of the other pairs of one end with the same list, 0 where there is none."""
    keys = [found[end], pd.Series(lists, index=found.index)]
    place = found["score"].rank(method="first", ascending=False).groupby(keys).rank(method="first")
    best = found["score"].groupby(keys).transform("max")
    second = found["score"].where(place.eq(2.0)).groupby(keys).transform("max").fillna(0.0)
    return second.where(found["score"].eq(best), best).to_numpy(dtype=float)


def _between(found: pd.DataFrame, records: pd.DataFrame, rules: MatchRules) -> NDArray[np.bool_]:
    """Say which pairs have an end of unknown month that could as well be cameras hung more than half a year apart."""
    months = _months(records["installed_on"])
    strong = found[found["score"].ge(rules.sure)]
    ends = pd.concat([strong["a"], strong["b"]], ignore_index=True)
    others = pd.Series(months[np.concatenate([strong["b"], strong["a"]]).astype(np.int64)])
    of = others.groupby(ends)
    span = of.max() - of.min()
    torn = np.isnan(months) & (span.reindex(range(len(records))).to_numpy(dtype=float) > _HALF_A_YEAR)
    return np.asarray(torn[found["a"]] | torn[found["b"]], dtype=bool)


def _months(days: pd.Series) -> Floats:
    told = pd.to_datetime(days)
    months = told.dt.year * 12 + told.dt.month
    return np.asarray(months.to_numpy(dtype=float, na_value=np.nan), dtype=np.float64)


def _plain(text: str) -> str:
    """Return a text without brackets, spaces and capitals: what spelling changes most."""
    return re.sub(r"[\s.,·]", "", _BRACKETS.sub("", text)).lower()


def _house_number(text: str) -> str:
    found = _NUMBER.search(text)
    return "" if found is None else found[1]
