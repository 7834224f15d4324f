"""What follows from who holds the crossings: money and traffic that passed, people who crossed, routes that are open.

Pure functions over frozen records: holdings, crossings, claims, figures and a period in; estimates with low, best and
high out. `build.consequences` puts them together.
"""
