"""Returns as Excel workbooks: issued, read back, read through an office's own layout, by the thousand, and put out."""
