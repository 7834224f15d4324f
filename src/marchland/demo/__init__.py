"""The reports that ship with Marchland for `marchland demo`, and what a correct record of them holds."""
