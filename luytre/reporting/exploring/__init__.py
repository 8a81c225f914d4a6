"""Comparing and exploring figures: tables of any shape, rankings, trends through time, what stands out."""
