"""The invented names. None of them is the name of a real district, dong, street, stream or hill that we know of."""

from __future__ import annotations

import numpy as np

CITY, CITY_EN = "가람특별시", "Garam"
GU, GU_EN = "골목구", "Golmok-gu"
SIDO_CODE, SIG_CODE = "99", "99110"
GOV_CODE = "9990000"
"""Seven digits of 개방자치단체코드 that no local government has."""
STREAM, HILL = "은여울천", "너울산"
STREAM_WALK, HILL_PATH = "은여울천산책로", "너울산등산로"
DONGS = (
    ("실개울동", "Silgaeul-dong"), ("돌담말동", "Doldammal-dong"), ("솔바위동", "Solbawi-dong"),
    ("느티골동", "Neutigol-dong"), ("샘터말동", "Saemteomal-dong"), ("물안개동", "Murangae-dong"),
    ("햇살골동", "Haetsalgol-dong"), ("구름재동", "Gureumjae-dong"), ("등불동", "Deungbul-dong"),
    ("대숲말동", "Daesummal-dong"), ("별고개동", "Byeolgogae-dong"), ("꽃담동", "Kkotdam-dong"),
    ("너럭골동", "Neoreokgol-dong"), ("이슬들동", "Iseuldeul-dong"),
)  # fmt: skip
_HEADS = ("나리", "도토리", "미리내", "바람결", "솔잎", "아지랑", "여우비", "하늬", "달무리", "노을", "조약돌", "버들잎",
          "참새", "까치밥", "물레", "다람", "소나기", "새털", "윤슬", "한가람", "볕뉘", "산들", "모래톱", "느루")  # fmt: skip
_TAILS = ("골", "재", "말", "울", "들", "샘", "터", "돌", "섬", "숲", "담", "못")


def road_names(count: int, rng: np.random.Generator) -> list[str]:
    """Return so many different invented names of roads (…로)."""
    every = [f"{head}{tail}" for head in _HEADS for tail in _TAILS]
    order = rng.permutation(len(every))
    rounds = -(-count // len(every))
    names = [f"{every[i]}{'' if turn == 0 else turn + 1}로" for turn in range(rounds) for i in order]
    return names[:count]
