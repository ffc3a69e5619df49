"""The kernel sweep: one window at a time, with its arithmetic."""
