"""From an open, faultless package to rows: only what differs is written."""
