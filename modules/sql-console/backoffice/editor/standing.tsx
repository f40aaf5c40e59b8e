import { useMessages } from '#platform/ui/messages.tsx'
import type { Checked } from './checking.ts'

/** In a word: how many statements stand there and what the parser thinks of them. */
export function Standing({ checked, isEmpty }: { checked: Checked | undefined; isEmpty: boolean }) {
  const t = useMessages()
  if (isEmpty) return <output>{t('sql.standing.empty')}</output>
  if (!checked) return <output>{t('sql.standing.unknown')}</output>
  if (checked.problems.length > 0)
    return (
      <output className="text-danger-ink">
        {t('sql.standing.problems', { count: checked.problems.length })}
      </output>
    )
  const does = checked.statements.some((one) => one.does === 'changes_schema')
    ? 'schema'
    : checked.statements.some((one) => one.does === 'writes')
      ? 'writes'
      : 'reads'
  return <output>{t(`sql.standing.${does}`, { count: checked.statements.length })}</output>
}
