"""A class on this machine: the hub of ``deploy/``, students over the real protocol, figures."""
