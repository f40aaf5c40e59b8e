import type { Report } from '#contract/sql-console'
import { Card } from '#platform/ui/card.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'

/** What stays behind though all was undone; nothing is said where nothing does. */
export function Residue({ residue: { sequences, deadRows } }: { residue: Report['residue'] }) {
  const t = useMessages()
  const formats = useFormats()
  if (sequences.length === 0 && deadRows === 0) return null
  return (
    <Card title={t('sql.residue')}>
      <ul className="flex list-disc flex-col gap-1 pl-4 text-13">
        {sequences.map(({ name, from, to }) => (
          <li key={name}>
            {t.rich('sql.residue.sequence', {
              name: <code className="font-mono wrap-anywhere">{name}</code>,
              from: from ?? t('sql.residue.unused'),
              to: to ?? t('sql.residue.unused'),
            })}
          </li>
        ))}
        {deadRows > 0 && (
          <li>{t('sql.residue.dead', { count: deadRows, shown: formats.integer(deadRows) })}</li>
        )}
      </ul>
    </Card>
  )
}
