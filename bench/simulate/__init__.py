"""A simulator of reporters: real histories of who held what drive invented reports of them, free of any news text.

It serves measuring and fitting only, so it stands beside the benchmarks and not in the product, which must never make
up a claim. `histories` are the truth, `noise` says how badly it is told, `reports` makes claims of it that go into the
same ledger, and are asked by the same questions, as any other claims. What is measured with it proves the code, not
the world.
"""
