"""HiGHS without its banner."""

from __future__ import annotations

import highspy


class Quiet(highspy.Highs):
    """HiGHS that prints nothing: its own constructor prints a banner where answers are printed, and can't be told not to."""

    def __init__(self) -> None:
        super(highspy.Highs, self).__init__()
        self.setOptionValue("output_flag", False)
