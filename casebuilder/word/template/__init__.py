"""Templates looked at before they are used: every fault at its place, before anything is rendered."""
