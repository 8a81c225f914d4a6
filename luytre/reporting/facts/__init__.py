"""Sums that are kept while records change, so that a total is right at the next read (ADR 8)."""
