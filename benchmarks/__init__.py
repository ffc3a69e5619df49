"""Timings, on this machine, now: ``make bench``. Never part of a test."""
