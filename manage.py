"""Django's habit; the same as the `luytre` command."""

import sys

from luytre.__main__ import main

if __name__ == "__main__":
    sys.exit(main())
