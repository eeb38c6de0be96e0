"""What no Word file can hold: characters that XML 1.0 (section 2.2) has no way to write."""

from __future__ import annotations

import re

UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
