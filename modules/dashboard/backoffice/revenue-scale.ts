import type { Dashboard } from '#contract/dashboard'

/** Pixels around the bars: room above for the values, below for the months. */
const margin = { top: 28, side: 8, bottom: 30 }
const barShare = 0.56
const widestBar = 96

type Size = { width: number; height: number }

/**
 * Where everything of the revenue chart stands, in pixels from its top left corner. Zero is always in sight, so that
 * heights can be compared; a month below zero (more credited than invoiced) hangs from the line of zero.
 */
export function revenueScale(months: Dashboard['revenueByMonth'], { width, height }: Size) {
  const top = margin.top
  const bottom = Math.max(top, height - margin.bottom)
  const left = margin.side
  const right = Math.max(left, width - margin.side)
  const values = months.flatMap(({ exclCents, yearBefore }) => [exclCents, yearBefore?.exclCents ?? 0])
  const least = Math.min(0, ...values)
  const span = Math.max(0, ...values) - least || 1
  const y = (cents: number) => bottom - ((cents - least) / span) * (bottom - top)

  const band = (right - left) / Math.max(1, months.length)
  const barWidth = Math.min(widestBar, band * barShare)
  const middle = (index: number) => left + band * (index + 0.5)

  /** Only neighbours are joined: a month without an earlier one leaves a gap. */
  const yearBeforePath = months
    .map(({ yearBefore }, index) => {
      if (!yearBefore) return ''
      const joins = index > 0 && months[index - 1]?.yearBefore
      return `${joins ? 'L' : 'M'}${middle(index)} ${y(yearBefore.exclCents)}`
    })
    .join('')

  return {
    top,
    bottom,
    left,
    right,
    y,
    middle,
    yearBeforePath,
    column: (index: number) => ({ x: middle(index) - barWidth * 0.65, width: barWidth * 1.3 }),
    bar(index: number) {
      const cents = months[index]?.exclCents ?? 0
      return {
        x: middle(index) - barWidth / 2,
        y: Math.min(y(cents), y(0)),
        width: barWidth,
        height: Math.abs(y(cents) - y(0)),
      }
    },
  }
}
