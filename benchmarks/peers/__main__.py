"""`python -m benchmarks.peers NAME LOT`: a warm worker; every line on standard input is a round.

With `--once` it makes the papers once and ends, as a process whose memory is measured does.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from benchmarks.peers.python import MAKERS
from benchmarks.timing import timed


def main() -> None:
    """Answer every line with the seconds that a round took."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("name", choices=sorted(MAKERS))
    arguments.add_argument("lot", type=Path)
    arguments.add_argument("--once", action="store_true")
    asked = arguments.parse_args()
    maker = MAKERS[asked.name](asked.lot)
    if asked.once:
        maker.make()
        return
    for _line in sys.stdin:
        maker.prepare()
        print(json.dumps({"seconds": timed(maker.make)}), flush=True)


if __name__ == "__main__":
    main()
