/** What is late, the oldest first: where billing begins the day. */
export const overdueTo = '/invoices?state=overdue'
