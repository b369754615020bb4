"""Names in single letters: the keys that type them on a Korean keyboard, and how far one spelling is from another.

A slip of the hand, a vowel misheard or a keyboard left in English changes a key or two; it can change a whole syllable, so
spellings are compared by keys. `core.keystrokes` tells the same in the database.
"""

from __future__ import annotations

import re
import string
import unicodedata

# The standard keyboard (KS X 5002) without shift: a double consonant is typed as its single one.
_LEADS = "r r s e e f a q q t t d w w c z x v g".split()
_VOWELS = "k o i o j p u p h hk ho hl y n nj np nl b m ml l".split()
_ENDS = "r r rt s sw sg e f fr fa fq ft fx fv fg a q qt t t d w c z x v g".split()
_LEAD_0, _VOWEL_0, _END_0 = 0x1100, 0x1161, 0x11A8
# Letters that stand alone, as in a word half typed or told by its first consonants, in their order from U+3131.
_ALONE = (
    "r r rt s sw sg e e f fr fa fq ft fx fv fg a q q qt t t d w w c z x v g "
    "k o i o j p u p h hk ho hl y n nj np nl b m ml l"
).split()
_ALONE_0 = 0x3131
_LOWER = dict(zip(map(ord, string.ascii_uppercase), string.ascii_lowercase, strict=True))
_KEYS = (
    {_LEAD_0 + n: keys for n, keys in enumerate(_LEADS)}
    | {_VOWEL_0 + n: keys for n, keys in enumerate(_VOWELS)}
    | {_END_0 + n: keys for n, keys in enumerate(_ENDS)}
    | {_ALONE_0 + n: keys for n, keys in enumerate(_ALONE)}
    | _LOWER
)
_LEFT_OUT = re.compile(r"[\s.,·()\-]")
_ACCENTS = re.compile("[\u0300-\u036f]")
_NOT_FIRST = re.compile("[\u1161-\u11ff]")
_CONSONANTS_ALONE = re.compile("[ㄱ-ㅎ]")
_SYLLABLE = re.compile("[가-힣]")
# ㅐ and ㅔ sound alike to most who call.
_ALIKE = frozenset({("o", "p"), ("p", "o")})
_HALF = 0.5


def plain_name(name: str) -> str:
    """Return a name without spaces, stops, brackets and capitals.

    >>> plain_name("연희로 12길")
    '연희로12길'
    """
    return _LEFT_OUT.sub("", unicodedata.normalize("NFC", name)).translate(_LOWER)


def keystrokes(name: str) -> str:
    """Return the keys that type a name, without spaces, stops, capitals and accents.

    >>> keystrokes("연희로 12길")
    'dusgmlfh12rlf'
    """
    apart = unicodedata.normalize("NFD", plain_name(name))
    return _ACCENTS.sub("", apart).translate(_KEYS)


def initials(name: str) -> str:
    """Return the keys of the first consonant of each syllable, and what else stands between.

    >>> initials("연희로 12길"), initials("ㅇㅎㄹ12ㄱ")
    ('dgf12r', 'dgf12r')
    """
    apart = unicodedata.normalize("NFD", plain_name(name))
    return keystrokes(_NOT_FIRST.sub("", apart))


def by_initials(name: str) -> bool:
    """Say whether a name is told by first consonants alone: "ㅇㅎㄹ 12ㄱ".

    >>> by_initials("ㅇㅎㄹ12길"), by_initials("연ㅎㄹ"), by_initials("12")
    (True, False, False)
    """
    alone = len(_CONSONANTS_ALONE.findall(name))
    # "길" and "동" are so short that they are typed out
    return alone >= 2 and not _SYLLABLE.search(re.sub("[길동로]$", "", name))


def likeness(one: str, other: str) -> float:
    """Return how like two spellings are, 0..1: 1 less the slips between them as a part of the longer one.

    A slip is a letter too many, too few, another one, or two turned round; ㅐ for ㅔ is half a slip.

    >>> likeness("dusgmlfh", "dusgmlfn")
    0.875
    """
    longest = max(len(one), len(other))
    return 1.0 - _slips(one, other) / longest if longest else 1.0


def _slips(one: str, other: str) -> float:
    """Return the distance of Damerau and Levenshtein, of strings side by side (optimal string alignment)."""
    before: list[float] = []
    last = [float(n) for n in range(len(other) + 1)]
    for i, letter in enumerate(one, 1):
        row = [float(i)]
        for j, against in enumerate(other, 1):
            other_letter = 0.0 if letter == against else _HALF if (letter, against) in _ALIKE else 1.0
            cost = min(row[j - 1] + 1.0, last[j] + 1.0, last[j - 1] + other_letter)
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == against:
                cost = min(cost, before[j - 2] + 1.0)
            row.append(cost)
        before, last = last, row
    return last[-1]
