import type { ReactNode } from 'react'

type ChartTipProps = {
  /** Of the mark it speaks of, in pixels from the plot's top left corner. */
  x: number
  y: number
  title: string
  children: ReactNode
}

/** The figures of the mark under the pointer or the focus. Silent: the mark's own name says the same. */
export function ChartTip({ x, y, title, children }: ChartTipProps) {
  return (
    <div
      aria-hidden
      data-not-painted
      className="pointer-events-none absolute z-5 w-max max-w-[min(20rem,90vw)] -translate-x-1/2 -translate-y-full rounded-control border border-line bg-raised px-3 py-2 text-12 text-ink shadow-float"
      style={{ left: `clamp(6rem, ${x}px, 100% - 6rem)`, top: y - 8 }}
    >
      <p className="mb-1 font-semibold first-letter:uppercase">{title}</p>
      {children}
    </div>
  )
}

export function TipLine({ label, value }: { label: string; value: string }) {
  return (
    <p className="flex justify-between gap-4">
      <span className="text-ink-muted">{label}</span>
      <span className="font-medium tabular-nums">{value}</span>
    </p>
  )
}
