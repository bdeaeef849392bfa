"""What pages share: session, cached reads, forms, pickers, figures, problems."""
