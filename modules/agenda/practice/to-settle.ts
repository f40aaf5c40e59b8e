/** The appointments that are over and of which nobody said how they came out. */
export const toSettle = '/agenda/list?status=planned&when=past'
