import { useRef } from 'react'
import type { RevenueReport } from '#contract/billing'
import { MarkLink } from '#platform/ui/mark-link.tsx'
import { useWidth } from '#platform/ui/media.ts'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { netTo } from './addresses.ts'

const height = 200
const floor = 168
const roomForValues = 76
/** Below it a month is said by its first letter. */
const roomForNames = 52

/** Net revenue, a bar a month, below the line where more was credited than invoiced. */
export function RevenueBars({ months }: { months: RevenueReport['months'] }) {
  const t = useMessages()
  const formats = useFormats()
  const frame = useRef<HTMLDivElement>(null)
  const width = useWidth(frame)
  const column = width / 12
  const most = Math.max(1, ...months.map(({ netExclCents }) => Math.abs(netExclCents)))
  return (
    <div ref={frame} className="h-50">
      {width > 0 && (
        <svg width={width} height={height} className="[&_text]:text-12">
          <line x1={0} x2={width} y1={floor} y2={floor} stroke="var(--line-strong)" />
          {months.map(({ month, netExclCents }, at) => {
            const size = (Math.abs(netExclCents) / most) * (floor - 26)
            const middle = column * (at + 0.5)
            return (
              <g key={month}>
                <MarkLink
                  to={netTo(month)}
                  label={t('billing.reports.mark', {
                    month: formats.month(`${month}-01`),
                    amount: formats.money(netExclCents),
                  })}
                  onActive={() => {}}
                >
                  <rect
                    x={column * at}
                    y={0}
                    width={column}
                    height={floor}
                    rx={3}
                    fill="transparent"
                    className="in-[a:hover]:fill-hover in-[a:focus-visible]:stroke-accent in-[a:focus-visible]:stroke-2"
                  />
                  <rect
                    x={column * (at + 0.2)}
                    y={floor - size}
                    width={column * 0.6}
                    height={size}
                    rx={2}
                    fill={netExclCents < 0 ? 'var(--chart-4)' : 'var(--chart-1)'}
                  />
                </MarkLink>
                {/* Beside the link, whose name says the same in full. */}
                {column >= roomForValues && netExclCents !== 0 && (
                  <text
                    x={middle}
                    y={floor - size - 7}
                    textAnchor="middle"
                    fill="var(--ink)"
                    className="pointer-events-none font-medium tabular-nums"
                  >
                    {formats.wholeMoney(netExclCents)}
                  </text>
                )}
                <text x={middle} y={floor + 20} textAnchor="middle" fill="var(--ink-muted)">
                  {column >= roomForNames
                    ? formats.shortMonth(`${month}-01`)
                    : formats.monthName(`${month}-01`).charAt(0).toUpperCase()}
                </text>
              </g>
            )
          })}
        </svg>
      )}
    </div>
  )
}
