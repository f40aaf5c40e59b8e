/** Each status has a colour and a texture, so that neither a grey print nor a colour-blind eye mixes them up. */
import type { Dashboard } from '#contract/dashboard'

export type SubscriptionStatus = Dashboard['subscriptions'][number]['status']
type Texture = 'plain' | 'columns' | 'rows' | 'dots' | 'dense' | 'grid'
type Area = { x: number; y: number; width: number; height: number }

const looks: Record<SubscriptionStatus, { colour: string; texture: Texture }> = {
  active: { colour: 'var(--chart-1)', texture: 'plain' },
  trialing: { colour: 'var(--chart-3)', texture: 'columns' },
  past_due: { colour: 'var(--chart-2)', texture: 'dots' },
  paused: { colour: 'var(--chart-5)', texture: 'rows' },
  cancelled: { colour: 'var(--chart-4)', texture: 'dense' },
  ended: { colour: 'var(--chart-6)', texture: 'grid' },
}

const STEP = 6

/** Drawn line by line rather than as an SVG pattern, so that the image of the board shows it too. */
export function StatusArea({ status, ...area }: Area & { status: SubscriptionStatus }) {
  const { colour, texture } = looks[status]
  const ink = { stroke: 'var(--surface)', strokeOpacity: 0.6, strokeWidth: 1.5 }
  const right = area.x + area.width
  const bottom = area.y + area.height
  const columns = (step: number) =>
    steps(area.x, right, step).map((x) => (
      <line key={`x${x}`} x1={x} y1={area.y} x2={x} y2={bottom} {...ink} />
    ))
  const rows = steps(area.y, bottom, STEP).map((y) => (
    <line key={`y${y}`} x1={area.x} y1={y} x2={right} y2={y} {...ink} />
  ))
  const dots = steps(area.x, right, STEP).flatMap((x) =>
    steps(area.y, bottom, STEP).map((y) => (
      <circle key={`${x} ${y}`} cx={x} cy={y} r={1.25} fill="var(--surface)" fillOpacity={0.75} />
    )),
  )
  return (
    <g>
      <rect {...area} fill={colour} />
      {texture === 'columns' && columns(STEP)}
      {texture === 'dense' && columns(STEP / 2)}
      {texture === 'rows' && rows}
      {texture === 'dots' && dots}
      {texture === 'grid' && [...columns(STEP), ...rows]}
    </g>
  )
}

/** The places strictly between two ends, one step apart. */
function steps(from: number, to: number, step: number): number[] {
  const count = Math.max(0, Math.ceil((to - from) / step) - 1)
  return Array.from({ length: count }, (_, index) => from + step * (index + 1))
}

export function StatusSwatch({ status }: { status: SubscriptionStatus }) {
  return (
    <svg aria-hidden width="14" height="14" className="shrink-0">
      <StatusArea status={status} x={0} y={0} width={14} height={14} />
    </svg>
  )
}
