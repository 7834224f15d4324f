"""A ledger for the tests of the service, and the service over it."""
