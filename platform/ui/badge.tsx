import type { ReactNode } from 'react'
import { cx } from './cx.ts'

export type Tone = 'success' | 'warning' | 'danger' | 'info' | 'neutral'

const grounds: Record<Tone, string> = {
  success: 'bg-success-soft text-success-ink',
  warning: 'bg-warning-soft text-warning-ink',
  danger: 'bg-danger-soft text-danger-ink',
  info: 'bg-info-soft text-info-ink',
  neutral: 'bg-neutral-soft text-neutral-ink',
}
const marks: Record<Tone, string> = {
  success: 'bg-success',
  warning: 'bg-warning',
  danger: 'bg-danger',
  info: 'bg-info',
  neutral: 'bg-neutral',
}

/** A state, told by a word first and by its colour second. */
export function Badge({ tone = 'neutral', children }: { tone?: Tone; children: ReactNode }) {
  return (
    <span
      className={cx(
        'inline-flex h-5 max-w-full items-center gap-1.5 rounded-full px-2 text-12 font-medium',
        grounds[tone],
      )}
    >
      <span aria-hidden className={cx('size-1.5 shrink-0 rounded-full', marks[tone])} />
      <span className="truncate">{children}</span>
    </span>
  )
}
