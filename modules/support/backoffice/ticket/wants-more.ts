/** Read on before its end is reached: as many tickets as one goes through in the time a page takes. */
const ahead = 10
/** Whoever opens an old link is not read the whole queue. */
const soughtUpTo = 1_000

/**
 * Whether the queue is read on: its end comes near, or whoever came from it, and has loaded the page anew, stands beyond
 * what was read of it.
 *
 * @param at where the ticket stands, or stood; -1: it was not among them yet
 */
export const wantsMore = ({
  rows,
  at,
  cameFromQueue,
}: {
  rows: number
  at: number
  cameFromQueue: boolean
}): boolean => (at === -1 ? cameFromQueue && rows > 0 && rows < soughtUpTo : at >= rows - ahead)
