"""What the desk is measured by: declarations with contracts, the questions that list what each counts."""
