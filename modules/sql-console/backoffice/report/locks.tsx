import type { Report } from '#contract/sql-console'
import { Card } from '#platform/ui/card.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { tookInWords } from '../sql-words.tsx'
import { heaviest } from './lock-order.ts'

/** What would be held, and who would wait: in plain words, with PostgreSQL's beside them. */
export function Locks({ locks, took }: { locks: Report['locks']; took: number | null }) {
  const t = useMessages()
  const formats = useFormats()
  const held = heaviest(locks)
  if (held.length === 0) return null
  return (
    <Card title={t('sql.locks')}>
      <ul className="flex flex-col gap-2 text-13">
        {held.map(({ blocks, tables, modes }) => (
          <li key={blocks}>
            <code className="font-mono font-medium wrap-anywhere">{tables.join(', ')}</code>{' '}
            <span>{t(`sql.lock.${blocks}`, { count: tables.length })}</span>{' '}
            <span className="text-12 text-ink-muted">{t('sql.lock.name', { modes: modes.join(', ') })}</span>
          </li>
        ))}
      </ul>
      <p className="mt-2 text-12 text-ink-muted">
        {t('sql.locks.help', { took: tookInWords(took, t, formats) })}
      </p>
    </Card>
  )
}
