/**
 * Tables of the central database that triggers alone write, from what is in others: nobody puts them back, since putting the others
 * back writes them once more. Learnt words stay learnt, and what was counted is counted off. Journals are not among them: what a
 * journal was told of cannot be taken back from here.
 */
export const derived: ReadonlySet<string> = new Set(['client_words', 'figure_deltas'])
