"""One file a subject; `registers.discover` imports every one of them."""
