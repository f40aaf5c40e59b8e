import type { getDefence } from '#contract/identity'
import type { OutputOf } from '#platform/contract/endpoint.ts'

export type Hour = OutputOf<typeof getDefence>['hours'][number]
type Size = { width: number; height: number }

/** Pixels around the bars: room at the left for the counts, below for the hours. */
const margin = { top: 10, right: 2, bottom: 24, left: 36 }
const barShare = 0.62

/**
 * Where everything of the chart of tries stands, in pixels from its top left corner. Successes stand on the line,
 * failures upon them, so that the top of a bar is all that was tried in its hour.
 */
export function triesScale(hours: readonly Hour[], { width, height }: Size) {
  const top = margin.top
  const bottom = Math.max(top, height - margin.bottom)
  const left = margin.left
  const right = Math.max(left, width - margin.right)
  const most = roundedUp(Math.max(0, ...hours.map(({ failed, succeeded }) => failed + succeeded)))
  const y = (count: number) => bottom - (count / most) * (bottom - top)
  const band = (right - left) / Math.max(1, hours.length)
  const barWidth = band * barShare

  return {
    top,
    bottom,
    left,
    right,
    y,
    /** Whole numbers, zero first. */
    ticks: [0, most / 2, most],
    middle: (index: number) => left + band * (index + 0.5),
    column: (index: number) => ({ x: left + band * index, width: band }),
    bar(index: number) {
      const { failed = 0, succeeded = 0 } = hours[index] ?? {}
      const x = left + band * index + (band - barWidth) / 2
      return {
        succeeded: { x, width: barWidth, y: y(succeeded), height: bottom - y(succeeded) },
        failed: {
          x,
          width: barWidth,
          y: y(failed + succeeded),
          height: y(succeeded) - y(failed + succeeded),
        },
      }
    },
  }
}

/** The next of 2, 4, 10, 20, 40, 100…: even, so that half of it is a whole number too. */
function roundedUp(count: number): number {
  for (let ten = 1; ; ten *= 10) for (const step of [2, 4, 10]) if (step * ten >= count) return step * ten
}
