"""What a run has read and written: what must be as it was for the next run to be the same."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Witness:
    """Each file that was read, by its name below the root, and what it was then; empty if there was none.

    Once a file was two things in one run, could not be read, or was moved, `is_sure` is lost: what such a
    run came to holds for no other.
    """

    seen: dict[str, str] = field(default_factory=dict)
    written: set[str] = field(default_factory=set)
    is_sure: bool = True

    def saw(self, name: str, mark: str) -> None:
        """Note what a file was when it was read."""
        if self.seen.setdefault(name, mark) != mark:
            self.is_sure = False

    def wrote(self, name: str, mark: str) -> None:
        """Note what stands in a file now."""
        self.seen[name] = mark
        self.written.add(name)

    def lost_sight(self) -> None:
        """Note that something happened which cannot be held against what lies there next time."""
        self.is_sure = False
