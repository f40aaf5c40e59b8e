import { useDeferredValue } from 'react'

/**
 * True a moment after `there`, and then what is drawn is drawn in slices: a telephone answers the finger in between,
 * where one long stretch of work would leave it deaf. For what is large and comes by itself, once its data is there.
 *
 * @example return useInSlices(data !== undefined) ? <Board board={data} /> : <BoardSkeleton />
 */
export function useInSlices(there: boolean): boolean {
  const drawn = useDeferredValue(there, false)
  return there && drawn
}
