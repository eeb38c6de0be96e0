"""What judges the three-way merge: an independent reader, random papers, hand edits and news."""
