import { cx } from '#platform/ui/cx.ts'

export type Bar = { from: number; until: number; look: 'open' | 'paused' }

const looks: Record<Bar['look'], string> = {
  open: 'bg-accent',
  // Told apart without colour too: it is half as high.
  paused: 'bg-warning inset-y-1.5!',
}

/** A day from left to right, in minutes: what of it counts stands out. */
export function DayBars({ bars, from, until }: { bars: readonly Bar[]; from: number; until: number }) {
  const share = (minutes: number) =>
    `${(100 * (Math.min(Math.max(minutes, from), until) - from)) / (until - from)}%`
  return (
    <div aria-hidden className="relative h-5 overflow-hidden rounded-small border border-line bg-sunken">
      {bars.map((bar) => (
        <span
          key={`${bar.look}${bar.from}`}
          className={cx('absolute inset-y-0 rounded-small', looks[bar.look])}
          style={{
            left: share(bar.from),
            width: `calc(${share(bar.until)} - ${share(bar.from)})`,
          }}
        />
      ))}
    </div>
  )
}
