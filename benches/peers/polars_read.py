#!/usr/bin/env python3
"""polars reading a CSV: `polars_read.py FILE`."""

import sys

import polars

print(polars.read_csv(sys.argv[1]).shape)
