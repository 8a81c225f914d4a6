"""The same list in ours and in Django's admin, in one process over the same rows."""
