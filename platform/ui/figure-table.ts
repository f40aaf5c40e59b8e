/** The cells of the tables beside the charts. */
const head = 'border-b border-line py-1.5 text-12 font-medium text-ink-muted'
const cell = 'h-8 border-b border-line in-data-meeting:h-10'

export const textHead = `${head} pr-2 text-left`
export const numberHead = `${head} pl-2 text-right`
export const rowHead = `${cell} pr-2 text-left font-regular`
export const numberCell = `${cell} pl-2 text-right tabular-nums whitespace-nowrap`
