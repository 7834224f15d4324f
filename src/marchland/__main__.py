"""`python -m marchland`: the command line."""

import sys

from marchland.cli import main

sys.exit(main())
