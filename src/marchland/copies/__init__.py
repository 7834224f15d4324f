"""Who copied whom: shared text, shared quotations and relayed agency text across articles, and versions of one page."""
