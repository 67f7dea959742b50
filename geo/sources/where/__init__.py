"""Where the files of a town are to be had, one table that a person can mend (どこで手に入るか)."""
