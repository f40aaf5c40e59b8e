import { GitCompareArrows } from 'lucide-react'
import { useEffect, useId, useRef } from 'react'
import { clientTimeline } from '#contract/clients'
import { cx } from '#platform/ui/cx.ts'
import { useEndpoint } from '#platform/ui/data.ts'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { useAccountManagers } from './account-managers.ts'
import type { Choices, Conflict, Side } from './conflict.ts'
import type { DraftField } from './draft.ts'
import { fieldInWords, valueInWords } from './timeline-words.ts'

type ConflictTableProps = {
  clientId: string
  conflicts: readonly Conflict[]
  choices: Choices
  onChoose: (field: DraftField, side: Side) => void
}

/** Both versions, field by field. What one typed is kept unless one says otherwise; nothing is lost. */
export function ConflictTable({ clientId, conflicts, choices, onChoose }: ConflictTableProps) {
  const t = useMessages()
  const box = useRef<HTMLDivElement>(null)
  const { data } = useEndpoint(clientTimeline, { params: { id: clientId }, query: { limit: 5 } })
  const last = data?.rows.find((entry) => entry.kind === 'action')
  const name = (last?.kind === 'action' && last.actor) || t('clients.conflict.somebody')
  useEffect(() => box.current?.focus(), [])
  return (
    <>
      <div
        ref={box}
        role="alert"
        tabIndex={-1}
        className="flex gap-2 rounded-control bg-warning-soft px-3 py-2 text-13 text-warning-ink outline-none"
      >
        <GitCompareArrows aria-hidden size={16} className="mt-0.5 shrink-0" />
        <div>
          <p className="font-medium">{t('clients.conflict', { name })}</p>
          <p>{t(conflicts.length > 0 ? 'clients.conflict.help' : 'clients.conflict.none')}</p>
        </div>
      </div>
      <div className="flex flex-col gap-4">
        {conflicts.map((conflict) => (
          <fieldset key={conflict.field} className="min-w-0">
            <legend className="mb-1 text-13 font-medium">
              {fieldInWords(conflict.field, t)}
              {conflict.both && (
                <span className="ml-2 text-12 font-regular text-warning-ink">
                  {t('clients.conflict.both')}
                </span>
              )}
            </legend>
            <div className="grid grid-cols-1 gap-2 sm:grid-cols-2">
              {(['mine', 'theirs'] as const).map((side) => (
                <Version
                  key={side}
                  conflict={conflict}
                  side={side}
                  label={
                    side === 'mine' ? t('clients.conflict.mine') : t('clients.conflict.theirs', { name })
                  }
                  chosen={(choices[conflict.field] ?? conflict.suggested) === side}
                  onChoose={() => onChoose(conflict.field, side)}
                />
              ))}
            </div>
          </fieldset>
        ))}
      </div>
    </>
  )
}

type VersionProps = {
  conflict: Conflict
  side: Side
  label: string
  chosen: boolean
  onChoose: () => void
}

function Version({ conflict, side, label, chosen, onChoose }: VersionProps) {
  const t = useMessages()
  const formats = useFormats()
  const managers = useAccountManagers()
  const id = useId()
  const value = conflict.field === 'accountManagerId' ? managers.nameOf(conflict[side]) : conflict[side]
  return (
    <label
      htmlFor={id}
      className={cx(
        'grid min-w-0 cursor-pointer grid-cols-[auto_minmax(0,1fr)] gap-x-2 rounded-control border px-3 py-2 text-13 transition-colors',
        chosen ? 'border-accent bg-accent-soft' : 'border-line-strong hover:bg-hover',
      )}
    >
      <input
        id={id}
        type="radio"
        name={`conflict-${conflict.field}`}
        checked={chosen}
        onChange={onChoose}
        className="mt-0.5 size-4 shrink-0 accent-(--accent)"
      />
      <span className="text-12 text-ink-muted">{label}</span>
      <span className="col-start-2 break-words whitespace-pre-wrap">
        {valueInWords(conflict.field, value, t, formats)}
      </span>
    </label>
  )
}
