"""Rows whose address names another gu than the district that their point lies in."""

from __future__ import annotations

import pandas as pd

from etl.elsewhere import elsewhere

OWN = "가람특별시 골목구"


def test_addresses_of_other_gu_are_counted_by_gu_a_row_once() -> None:
    rows = pd.DataFrame(
        {
            "address_road": [
                "가람특별시 이웃구 큰길 1",
                "가람특별시 이웃구 큰길 1",
                "",
                "가람특별시 골목구 샘길 2",
                "",
            ],
            "address_lot": ["가람특별시 골목구 샘동 3", "", "가람특별시 건너군 들동 4", "", ""],
        },
        # Row 1 has two heads: its index stands twice, and it counts once. The road address goes before the lot's.
        index=[1, 1, 2, 3, 4],
    )
    assert elsewhere([rows], OWN) == {"address_elsewhere": {"이웃구": 1, "건너군": 1}}


def test_nothing_is_said_without_addresses_or_without_a_gu_of_ones_own() -> None:
    rows = pd.DataFrame({"address_road": ["가람특별시 이웃구 큰길 1"]})
    assert elsewhere([pd.DataFrame({"name": ["x"]})], OWN) == {}
    assert elsewhere([rows], "헬싱키 도심") == {}
    assert elsewhere([], OWN) == {}
