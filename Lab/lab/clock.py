"""The map from the laboratory's seconds to a product's. Read Lab/README.md, "Stretched gaps".

A run cannot wait five days for a state to be forgotten. Its firewall forgets within seconds, and
the silence in between is stretched afterwards to what the product would have taken. Only spans
that a scenario declared as silence are stretched; everything else keeps its spacing.
"""

import bisect
from datetime import datetime, timedelta, timezone

# Seconds until each product forgets a connection in a phase, by its own defaults. `lab` is what the
# firewall of the laboratory is set to.
TIMEOUTS = {
    "lab": {"established": 2, "opening": 2, "half-closed": 2, "closed": 1, "reset": 1},
    "netfilter": {"established": 432000, "opening": 120, "half-closed": 60, "closed": 120,
                  "reset": 10},
    "filterlog": {"established": 86400, "opening": 30, "half-closed": 900, "closed": 90,
                  "reset": 90},
    "asa": {"established": 3600, "opening": 30, "half-closed": 600, "closed": 0.2, "reset": 0.2},
    "forcepoint": {"established": 1800, "opening": 30, "half-closed": 120, "closed": 10,
                   "reset": 10},
}
PRODUCTS = ("netfilter", "filterlog", "asa", "forcepoint")


class Clock:
    """Declared silences of one run, and the maps that follow from them."""

    def __init__(self, rng):
        # Some day and hour: nothing may hang on the moment at which the run was recorded.
        day = datetime(2024, 1, 8, tzinfo=timezone.utc) + timedelta(days=rng.randrange(360))
        self.base = (day + timedelta(seconds=rng.uniform(6.5, 20) * 3600)).timestamp()
        self.start = 0.0
        self.gaps = []

    def begin(self, now):
        self.start = now

    def gap(self, begin, end, lengths, kind):
        """Declares that nothing of interest happened in [begin, end]; lengths by product."""
        if self.gaps and begin < self.gaps[-1]["end"]:
            raise ValueError("declared silences overlap")
        self.gaps.append({"begin": begin, "end": end, "kind": kind, "lengths": lengths})

    def mapper(self, product):
        """A function from the laboratory's time to the product's, monotone."""
        begins = [gap["begin"] for gap in self.gaps]
        gains, total = [], 0.0
        for gap in self.gaps:
            gains.append(total)
            total += gap["lengths"][product] - (gap["end"] - gap["begin"])
        shift = self.base - self.start

        def mapped(time):
            at = bisect.bisect_right(begins, time) - 1
            if at < 0:
                return time + shift
            gap = self.gaps[at]
            real = gap["end"] - gap["begin"]
            long = gap["lengths"][product]
            inside = min(time, gap["end"]) - gap["begin"]
            after = max(0.0, time - gap["end"])
            return gap["begin"] + shift + gains[at] + inside * long / real + after
        return mapped

    def describe(self):
        return [{"kind": gap["kind"], "lab_begin": round(gap["begin"] - self.start, 3),
                 "lab_seconds": round(gap["end"] - gap["begin"], 3),
                 "seconds": {p: round(gap["lengths"][p], 3) for p in PRODUCTS},
                 "factor": {p: round(gap["lengths"][p] / (gap["end"] - gap["begin"]), 3)
                            for p in PRODUCTS}} for gap in self.gaps]
