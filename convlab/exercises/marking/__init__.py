"""How an answer is marked: called, compared, and told what is wrong with it."""
