"""What leaves a case as words and files: its reasons, its evidence, the letter that answers an appeal."""
