import type { ReactNode } from 'react'
import { cx } from './cx.ts'

type CardProps = {
  title?: string | undefined
  /** Acts on what the card shows. */
  actions?: ReactNode
  /** Without inner space, for a table or a list that reaches the edges. */
  flush?: boolean | undefined
  className?: string | undefined
  children: ReactNode
}

export function Card({ title, actions, flush = false, className, children }: CardProps) {
  return (
    <section
      {...(title && { 'aria-label': title })}
      className={cx('min-w-0 rounded-card border border-line bg-surface', className)}
    >
      {title && (
        <div className="flex min-h-11 flex-wrap items-center gap-2 px-4 pt-2">
          <h2 className="text-14 font-semibold">{title}</h2>
          <div className="ml-auto flex items-center gap-1">{actions}</div>
        </div>
      )}
      <div className={flush ? '' : cx('px-4 pb-4', !title && 'pt-4')}>{children}</div>
    </section>
  )
}
