"""The preparation steps, one file a family."""
