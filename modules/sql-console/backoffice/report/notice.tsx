import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { cx } from '#platform/ui/cx.ts'

const looks = {
  danger: 'bg-danger-soft text-danger-ink',
  warning: 'bg-warning-soft text-warning-ink',
  info: 'bg-info-soft text-info-ink',
  success: 'bg-success-soft text-success-ink',
  neutral: 'bg-neutral-soft text-neutral-ink',
}
export type Look = keyof typeof looks

type NoticeProps = {
  look: Look
  icon: LucideIcon
  title: ReactNode
  /** It comes while somebody waits for it. */
  live?: boolean
  /** What stands beside it: the act it leads to. */
  act?: ReactNode
  children?: ReactNode
}

/** What is to be known first, on a ground of its meaning. */
export function Notice({ look, icon: Icon, title, live = false, act, children }: NoticeProps) {
  return (
    <div
      {...(live && { role: 'status' })}
      className={cx('flex flex-wrap items-start gap-x-4 gap-y-2 rounded-card px-4 py-3 text-13', looks[look])}
    >
      <Icon aria-hidden size={16} className="mt-0.5 shrink-0" />
      <div className="min-w-0 flex-1 basis-52">
        <p className="text-14 font-semibold">{title}</p>
        {children}
      </div>
      {act && <div className="ml-auto flex shrink-0 flex-wrap items-center gap-2">{act}</div>}
    </div>
  )
}
