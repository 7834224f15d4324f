"""The record as a service: an API and the pages that use it, for one machine and offline unless told otherwise."""
