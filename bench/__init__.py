"""Benchmarks: what is measured, beside what it is measured against. Run `make bench` or `python -m bench NAME...`."""
