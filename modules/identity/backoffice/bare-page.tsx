import type { ReactNode } from 'react'
import { cx } from '#platform/ui/cx.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { DisplayChoice } from '#platform/ui/display-choice.tsx'
import { InstallationBadge } from './environment-badge.tsx'

type BarePageProps = {
  /** Stands higher: there is much to read. */
  long?: boolean | undefined
  /** A second column where there is room for it. */
  beside?: ReactNode
  /** None while it is not known yet whether there are two columns: nothing is drawn that would move. */
  children?: ReactNode
}

/** Around the pages of who is not signed in: one thing to do, in the middle. */
export function BarePage({ long = false, beside, children }: BarePageProps) {
  const t = useMessages()
  return (
    <div className="flex min-h-dvh flex-col">
      <header className="flex items-center justify-between gap-4 px-gutter py-3">
        <div className="flex items-center gap-3">
          <p className="text-14 font-semibold">
            {t('identity.product')}
            <span className="ml-2 font-regular text-ink-muted max-sm:hidden">{t('identity.face')}</span>
          </p>
          {/* At the end of its line, where it moves nothing as it comes. */}
          <InstallationBadge />
        </div>
        <DisplayChoice />
      </header>
      {children && (
        <main
          className={cx(
            'mx-auto grid w-full flex-1 content-start gap-x-16 gap-y-10 px-gutter pt-6 pb-24',
            beside ? 'max-w-4xl lg:grid-cols-2' : 'max-w-96',
            long ? 'sm:pt-[5dvh]' : 'sm:pt-[14dvh]',
          )}
        >
          <div className="mx-auto w-full max-w-96 min-w-0">{children}</div>
          {beside}
        </main>
      )}
    </div>
  )
}
