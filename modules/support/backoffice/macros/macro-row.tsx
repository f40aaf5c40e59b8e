import { Pencil, RotateCcw, Trash2 } from 'lucide-react'
import { type Macro, trashMacro } from '#contract/support'
import { Badge } from '#platform/ui/badge.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { DateText } from '#platform/ui/date-text.tsx'
import { IconButton } from '#platform/ui/icon-button.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { firstWords, MacroDoes } from './macro-line.tsx'

export function MacroRow({ macro, onEdit }: { macro: Macro; onEdit: () => void }) {
  const t = useMessages()
  const { id, title, reach, team, owner, uses, lastUsedAt, mayChange, trashedAt } = macro
  const params = { id }
  const trash = useEndpoint(trashMacro, {
    onSuccess: (_, { body: { trashed } }) =>
      notify.done({
        title: t(trashed ? 'support.macro.trashed' : 'support.macro.restored', { title }),
        ...(trashed && { undo: () => trash.mutate({ params, body: { trashed: false } }) }),
      }),
  })
  return (
    <li className="flex items-start gap-3 border-t border-line px-4 py-3 text-13 first:border-t-0">
      <div className="flex min-w-0 flex-1 flex-col gap-1">
        <p lang="fr" className="font-medium wrap-anywhere">
          {title}
        </p>
        {firstWords(macro, t) !== '' && (
          <p lang="fr" className="line-clamp-2 text-ink-muted">
            {firstWords(macro, t)}
          </p>
        )}
        <MacroDoes actions={macro.actions} />
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-12 text-ink-muted tabular-nums">
          <Badge tone={reach === 'everyone' ? 'info' : 'neutral'}>
            {team ? <span lang="fr">{team.name}</span> : (owner?.name ?? t(`support.macro.reach.${reach}`))}
          </Badge>
          <span>{t('support.macro.uses', { month: uses.month, ever: uses.ever })}</span>
          {lastUsedAt && (
            <span>
              {t('support.macro.last_used')} <DateText value={lastUsedAt} show="relative" />
            </span>
          )}
        </p>
      </div>
      {mayChange && trashedAt === null && (
        <>
          <IconButton icon={Pencil} label={t('support.macro.edit')} onClick={onEdit} />
          <IconButton
            icon={Trash2}
            label={t('support.macro.trash')}
            onClick={() => trash.mutate({ params, body: { trashed: true } })}
          />
        </>
      )}
      {mayChange && trashedAt !== null && (
        <IconButton
          icon={RotateCcw}
          label={t('support.macro.restore')}
          onClick={() => trash.mutate({ params, body: { trashed: false } })}
        />
      )}
    </li>
  )
}
