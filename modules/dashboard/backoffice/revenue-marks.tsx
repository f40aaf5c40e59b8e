/** The marks of the revenue chart. They differ in form, not in colour alone. */

export const barFill = { fill: 'var(--chart-1)' }
/** A month that still runs is an outline: its bar will grow. */
export const runningFill = {
  fill: 'var(--accent-soft)',
  stroke: 'var(--chart-1)',
  strokeWidth: 1.5,
  strokeDasharray: '4 3',
}
export const lineStroke = { stroke: 'var(--chart-2)', strokeWidth: 2, strokeDasharray: '5 4' }
export const dotLook = { fill: 'var(--surface)', stroke: 'var(--chart-2)', strokeWidth: 2 }

export function BarSwatch({ running = false }: { running?: boolean }) {
  return (
    <svg aria-hidden width="12" height="12" className="shrink-0">
      <rect x="1" y="1" width="10" height="10" rx="2" {...(running ? runningFill : barFill)} />
    </svg>
  )
}

export function LineSwatch() {
  return (
    <svg aria-hidden width="24" height="12" className="shrink-0">
      <line x1="0" y1="6" x2="24" y2="6" {...lineStroke} />
      <circle cx="12" cy="6" r="3" {...dotLook} />
    </svg>
  )
}
