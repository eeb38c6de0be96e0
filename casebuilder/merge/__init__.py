"""Base, edited and fresh paper → the edits that bring the news into the edited one; all pure."""
