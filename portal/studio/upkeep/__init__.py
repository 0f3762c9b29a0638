"""Keeping what is published true: what needs looking at, whether links answer, who is reminded of a review."""
