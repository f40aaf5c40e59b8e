export const unpaidPath = '/unpaid'
/** The reminders that may leave today. */
export const remindersTo = '/unpaid?letter=ready'
