/** What came of it: told by a word and a sign before any colour, since a refusal must not be overlooked. */
import { Ban, Check, Eye, Hourglass, type LucideIcon, TriangleAlert } from 'lucide-react'
import type { Result } from '#contract/audit'
import { cx } from '#platform/ui/cx.ts'
import { useMessages } from '#platform/ui/messages.tsx'

const looks: Record<Result, { Icon: LucideIcon; look: string }> = {
  done: { Icon: Check, look: 'text-ink-muted' },
  seen: { Icon: Eye, look: 'text-ink-muted' },
  refused: { Icon: Ban, look: 'bg-danger-soft px-2 font-medium text-danger-ink' },
  intended: { Icon: Hourglass, look: 'bg-info-soft px-2 text-info-ink' },
  failed: { Icon: TriangleAlert, look: 'bg-warning-soft px-2 font-medium text-warning-ink' },
}

export function ResultMark({ result }: { result: Result }) {
  const t = useMessages()
  const { Icon, look } = looks[result]
  return (
    <span className={cx('inline-flex h-5 items-center gap-1.5 rounded-full align-middle text-12', look)}>
      <Icon aria-hidden size={13} className="shrink-0" />
      {t(`audit.result.${result}`)}
    </span>
  )
}
