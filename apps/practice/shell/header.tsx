import { Search } from 'lucide-react'
import { getPractice } from '#contract/cabinet'
import type { MemberMe } from '#contract/identity'
import { useEndpoint } from '#platform/ui/data.ts'
import { Kbd } from '#platform/ui/kbd.tsx'
import { Link } from '#platform/ui/link.tsx'
import { Mark } from '#platform/ui/mark.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { AccountMenu } from './account-menu.tsx'
import { EnvironmentBadge } from './environment-badge.tsx'

/** Whose practice this is, on every page: nobody should ever write into the wrong one. */
export function Header({ me, onSearch }: { me: MemberMe; onSearch: () => void }) {
  const t = useMessages()
  const { data } = useEndpoint(getPractice)
  return (
    <header className="mx-auto flex h-14 max-w-[96rem] items-center gap-3 px-gutter">
      <Link to="/" className="flex min-w-0 items-center gap-2.5">
        <Mark />
        <span className="min-w-0 leading-tight">
          {/* Until it has answered, as the vendor knows it. */}
          <span className="block truncate text-14 font-semibold">{data?.name ?? me.practice}</span>
          <span className="block truncate text-12 text-ink-muted">{t('ui.product')}</span>
        </span>
      </Link>
      <div className="ml-auto flex shrink-0 items-center gap-2">
        <EnvironmentBadge />
        <button
          type="button"
          aria-haspopup="dialog"
          onClick={onSearch}
          className="flex size-10 items-center justify-center gap-2 rounded-control text-13 text-ink-muted transition-colors hover:bg-hover sm:h-control-small sm:w-52 sm:border sm:border-line-strong sm:bg-surface sm:px-2"
        >
          <Search aria-hidden size={16} />
          <span className="mr-auto max-sm:sr-only">{t('ui.search')}</span>
          <span className="max-sm:hidden">
            <Kbd keys="mod+k" />
          </span>
        </button>
        <AccountMenu me={me} />
      </div>
    </header>
  )
}
