import type { ReactNode } from 'react'
import { usePageTitle } from './page-title.tsx'

type PageHeaderProps = {
  title: string
  /** How many there are, in words: « 12 au total ». */
  count?: ReactNode
  /** The one primary action of the screen. */
  primary?: ReactNode
  /** Everything else one can do here. */
  secondary?: ReactNode
  children?: ReactNode
}

/** Opens a page: its title becomes the document's title and the last breadcrumb. */
export function PageHeader({ title, count, primary, secondary, children }: PageHeaderProps) {
  usePageTitle(title)
  return (
    <header className="mb-4 flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <h1 className="min-w-0 text-20 font-semibold tracking-tight">{title}</h1>
        {count !== undefined && <p className="text-13 text-ink-muted tabular-nums">{count}</p>}
        <div className="ml-auto flex flex-wrap items-center gap-2">
          {secondary}
          {primary}
        </div>
      </div>
      {children}
    </header>
  )
}
