import { Archive, ArchiveRestore, Coins, Pencil, Stethoscope } from 'lucide-react'
import { type Act, addUsualActs, feeOn, updateAct } from '#contract/agenda'
import { Badge } from '#platform/ui/badge.tsx'
import { Button } from '#platform/ui/button.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { sentenceOf } from '#platform/ui/errors.ts'
import { IconButton } from '#platform/ui/icon-button.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { Money } from '#platform/ui/money.tsx'
import { EmptyState } from '#platform/ui/states.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { markOf } from '../act-colours.ts'
import { useToday } from './use-today.ts'

type ActListProps = { acts: readonly Act[]; onChange: (act: Act) => void; onPrice: (act: Act) => void }

export function ActList({ acts, onChange, onPrice }: ActListProps) {
  const t = useMessages()
  const begin = useEndpoint(addUsualActs, {
    onSuccess: ({ rows }) =>
      notify.done({ title: t('agenda.settings.acts.usual.added', { count: rows.length }) }),
    onError: (error) => notify.failed({ title: sentenceOf(error, t) }),
  })
  if (acts.length === 0)
    return (
      <EmptyState
        icon={Stethoscope}
        title={t('agenda.settings.acts.none')}
        action={
          <Button loading={begin.isPending} onClick={() => begin.mutate({})}>
            {t('agenda.settings.acts.usual')}
          </Button>
        }
      >
        {t('agenda.settings.acts.none.help')}
      </EmptyState>
    )
  return (
    <ul className="divide-y divide-line border-t border-line">
      {acts.map((act) => (
        <ActLine key={act.id} act={act} onChange={onChange} onPrice={onPrice} />
      ))}
    </ul>
  )
}

function ActLine({ act, onChange, onPrice }: { act: Act } & Omit<ActListProps, 'acts'>) {
  const t = useMessages()
  const today = useToday()
  const put = useEndpoint(updateAct, {
    onSuccess: (now) =>
      notify.done({
        title: t(now.archived ? 'agenda.settings.act.archived' : 'agenda.settings.act.restored', {
          name: now.name,
        }),
        undo: () => archive(now.revision, !now.archived),
      }),
    onError: (error) => notify.failed({ title: sentenceOf(error, t) }),
  })
  const archive = (revision: number, archived: boolean) =>
    put.mutate({ params: { id: act.id }, body: { revision, archived } })
  const { name, minutes, archived } = act
  return (
    <li className="flex items-center gap-2 px-4 py-2">
      <span
        aria-hidden
        className="size-3 shrink-0 rounded-small"
        style={{ background: markOf(act.colour), opacity: archived ? 0.4 : 1 }}
      />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-2 text-13 font-medium">
          <span className={archived ? 'text-ink-muted' : ''}>{name}</span>
          {archived && <Badge tone="neutral">{t('agenda.settings.act.is-archived')}</Badge>}
          {act.monSoutienPsy && name !== 'Mon soutien psy' && (
            <Badge tone="info">{t('agenda.settings.act.supported')}</Badge>
          )}
        </p>
        <p className="text-12 text-ink-muted tabular-nums">
          {t('agenda.minutes.value', { minutes })} · <Money cents={feeOn(act, today)} />
        </p>
      </div>
      <IconButton
        icon={Coins}
        label={t('agenda.settings.act.price', { name })}
        onClick={() => onPrice(act)}
      />
      <IconButton
        icon={Pencil}
        label={t('agenda.settings.act.change', { name })}
        onClick={() => onChange(act)}
      />
      <IconButton
        icon={archived ? ArchiveRestore : Archive}
        label={t(archived ? 'agenda.settings.act.restore' : 'agenda.settings.act.archive', { name })}
        onClick={() => archive(act.revision, !archived)}
      />
    </li>
  )
}
