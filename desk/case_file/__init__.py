"""What leaves a case as words: its reasons, and the letter that answers an appeal."""
