import type { ReactNode } from 'react'
import { getMemberEnvironment } from '#contract/identity'
import { Badge } from '#platform/ui/badge.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { DisplayChoice } from '#platform/ui/display-choice.tsx'
import { Mark } from '#platform/ui/mark.tsx'
import { useMessages } from '#platform/ui/messages.tsx'

/** Around the pages of who is not signed in: one thing to do, in the middle. */
export function BarePage({ beside, children }: { beside?: ReactNode; children: ReactNode }) {
  const t = useMessages()
  const { data } = useEndpoint(getMemberEnvironment)
  return (
    <div className="flex min-h-dvh flex-col">
      <header className="flex items-center justify-between gap-4 px-gutter py-3">
        <div className="flex min-w-0 items-center gap-2.5">
          <Mark />
          <p className="text-14 font-semibold max-[400px]:sr-only">{t('ui.product')}</p>
          {data && data.name !== 'production' && (
            <Badge tone={data.name === 'staging' ? 'warning' : 'info'}>
              {t(`identity.environment.${data.name}`)}
            </Badge>
          )}
        </div>
        <DisplayChoice />
      </header>
      <main className="mx-auto w-full max-w-96 flex-1 px-gutter pt-6 pb-24 sm:pt-[12dvh]">
        {children}
        {beside && <div className="mt-10">{beside}</div>}
      </main>
    </div>
  )
}
