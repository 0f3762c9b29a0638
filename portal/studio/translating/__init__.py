"""Translating: a text row by row beside its source, what the source has changed since, and how far a language is."""
