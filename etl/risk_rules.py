"""What a district says of how risk is made of its layers: read from its file."""

from __future__ import annotations

import math
from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class RiskRules:
    """How layers of risk are taken: judgements of the city.

    complaints_most  the share 0..1 of all risk that complaints may make at most: who complains is not where it is
                     dangerous
    bandwidth_m      how far around a call or a complaint its risk reaches, the kernel's standard deviation
    population_bandwidth_m  the same of residents that are given as points
    zone_m2_per_m    so many square metres of a flood or wildfire zone weigh as one metre of street
    """

    complaints_most: float = 0.2
    bandwidth_m: float = 50.0
    population_bandwidth_m: float = 100.0
    zone_m2_per_m: float = 25.0

    def __post_init__(self) -> None:
        for each in fields(self):
            if not math.isfinite(getattr(self, each.name)):
                raise ValueError(f"{each.name} must be a finite number")
        if not 0.0 <= self.complaints_most < 1.0:
            raise ValueError(f"complaints_most must be 0 or more and below 1, not {self.complaints_most}")
        for name in ("bandwidth_m", "population_bandwidth_m"):
            if not 5.0 <= getattr(self, name) <= 1000.0:
                raise ValueError(f"{name} must be 5 to 1000 metres, not {getattr(self, name)}")
        if not self.zone_m2_per_m > 0.0:
            raise ValueError(f"zone_m2_per_m must be above 0, not {self.zone_m2_per_m}")
