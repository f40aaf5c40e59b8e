/** The marks of the chart of tries. They differ in texture, not in colour alone. */

export const succeededFill = { fill: 'var(--chart-1)' }

/** Stripes: a failure is told from a success on a grey print too. */
export function FailedPattern({ id }: { id: string }) {
  return (
    <pattern id={id} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <rect width="5" height="5" fill="var(--danger-soft)" />
      <rect width="2.5" height="5" fill="var(--danger)" />
    </pattern>
  )
}

export const failedLook = (pattern: string) => ({
  fill: `url(#${pattern})`,
  stroke: 'var(--danger)',
  strokeWidth: 1,
})

export function SucceededSwatch() {
  return (
    <svg aria-hidden width="12" height="12" className="shrink-0">
      <rect x="1" y="1" width="10" height="10" rx="2" {...succeededFill} />
    </svg>
  )
}

export function FailedSwatch() {
  return (
    <svg aria-hidden width="12" height="12" className="shrink-0">
      <defs>
        <FailedPattern id="failed-swatch" />
      </defs>
      <rect x="1.5" y="1.5" width="9" height="9" rx="2" {...failedLook('failed-swatch')} />
    </svg>
  )
}
