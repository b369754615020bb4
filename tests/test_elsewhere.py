"""Rows whose address names another gu than the district that their point lies in."""

from __future__ import annotations

import pandas as pd

from etl.elsewhere import elsewhere

OWN = "가람특별시 골목구"


def test_addresses_of_other_gu_are_named_row_by_row() -> None:
    rows = pd.DataFrame(
        {
            "address_road": [
                "가람특별시 이웃구 큰길 1",
                "",
                "가람특별시 골목구 샘길 2",
                "",
            ],
            "address_lot": ["가람특별시 골목구 샘동 3", "가람특별시 건너군 들동 4", "", ""],
        },
        # the road address goes before the lot's
        index=[1, 2, 3, 4],
    )
    assert elsewhere(rows, OWN).tolist() == ["이웃구", "건너군", None, None]


def test_nothing_is_said_without_addresses_or_without_a_gu_of_ones_own() -> None:
    rows = pd.DataFrame({"address_road": ["가람특별시 이웃구 큰길 1"]})
    assert elsewhere(pd.DataFrame({"name": ["x"]}), OWN).tolist() == [None]
    assert elsewhere(rows, "헬싱키 도심").tolist() == [None]
    assert elsewhere(rows.iloc[:0], OWN).empty
