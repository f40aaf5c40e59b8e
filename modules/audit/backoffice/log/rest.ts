/** A search is itself an entry: the log is asked when the typing rests this long, not at each key. */
export const REST = 600
