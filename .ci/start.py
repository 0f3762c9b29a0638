"""The one door behind `make`: checks the Python that was given, then runs the named command.

Kept to words that an old Python can still read, so that it can say it is too old.
"""

import sys

if sys.version_info < (3, 11):
    sys.exit(
        "Python 3.11 or newer is needed, and this one is %d.%d: install it, or name yours with PYTHON=..."
        % tuple(sys.version_info[:2])
    )

from commands import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
