import { Lock } from 'lucide-react'
import { ButtonLink } from '#platform/ui/link.tsx'
import type { Page } from '#platform/ui/manifest.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { usePageTitle } from '#platform/ui/page-title.tsx'
import { Explained } from '#platform/ui/why.tsx'

/** A page without the right to it: which right that is, who has it, and whom to ask. */
export function Forbidden({ page }: { page: Page }) {
  const t = useMessages()
  usePageTitle(t('shell.forbidden'))
  return (
    <div className="mx-auto max-w-xl py-12">
      <div className="flex flex-col items-center text-center">
        <Lock aria-hidden size={20} className="mb-3 text-ink-faint" />
        <h1 className="text-14 font-semibold">{t('shell.forbidden')}</h1>
        <p className="mt-1 text-13 text-ink-muted">{t('shell.forbidden.help', { page: t(page.title) })}</p>
      </div>
      {page.needs && (
        <div className="mt-5 rounded-card border border-line bg-surface p-4">
          <Explained permission={page.needs} />
        </div>
      )}
      <p className="mt-4 flex flex-col items-center gap-3 text-12 text-ink-muted">
        <ButtonLink to="/">{t('ui.go-home')}</ButtonLink>
        {/* For the administrator one sends a picture of this page to. */}
        <span>
          {t.rich('shell.forbidden.permission', { permission: <code key="permission">{page.needs}</code> })}
        </span>
      </p>
    </div>
  )
}
