/** The cells of the tables on an invoice's page: text to the left, figures to the right, a hairline above each row. */
const head = 'px-4 py-2 text-12 font-medium text-ink-muted'
const cell = 'border-t border-line px-4 py-2 align-top'

export const textHead = `${head} text-left`
export const numberHead = `${head} text-right whitespace-nowrap`
export const textCell = `${cell} text-left`
export const numberCell = `${cell} text-right tabular-nums whitespace-nowrap`
