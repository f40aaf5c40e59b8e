import type { UseQueryResult } from '@tanstack/react-query'
import { Trash2 } from 'lucide-react'
import { addOpenSlot, type listAbsences, type OpenSlot, removeOpenSlot } from '#contract/agenda'
import type { OutputOf } from '#platform/contract/endpoint.ts'
import { Card } from '#platform/ui/card.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { sentenceOf } from '#platform/ui/errors.ts'
import { IconButton } from '#platform/ui/icon-button.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { nameOf } from './absences-card.tsx'
import { useStretchWords } from './stretch-words.ts'

type OpenSlotsCardProps = {
  away: UseQueryResult<OutputOf<typeof listAbsences>>
  people: readonly { practitionerId: string; name: string }[]
  mayChange: boolean
}

/** Time opened besides the usual hours: a Saturday morning before Christmas. */
export function OpenSlotsCard({ away, people, mayChange }: OpenSlotsCardProps) {
  const t = useMessages()
  const slots = away.data?.openSlots ?? []
  return (
    <Card title={t('agenda.settings.slots')} flush>
      {slots.length === 0 ? (
        <p className="px-4 pb-4 text-13 text-ink-muted">{t('agenda.settings.slots.none')}</p>
      ) : (
        <ul className="divide-y divide-line border-t border-line">
          {slots.map((slot) => (
            <SlotLine
              key={slot.id}
              slot={slot}
              whose={people.length > 1 ? nameOf(people, slot.practitionerId) : undefined}
              mayChange={mayChange}
            />
          ))}
        </ul>
      )}
    </Card>
  )
}

function SlotLine({
  slot,
  whose,
  mayChange,
}: {
  slot: OpenSlot
  whose: string | undefined
  mayChange: boolean
}) {
  const t = useMessages()
  const words = useStretchWords()
  const failed = (error: unknown) => notify.failed({ title: sentenceOf(error, t) })
  const again = useEndpoint(addOpenSlot, { onError: failed })
  const { practitionerId, startsLocal, endsLocal, label } = slot
  const remove = useEndpoint(removeOpenSlot, {
    onSuccess: () =>
      notify.done({
        title: t('agenda.settings.slot.removed'),
        undo: () => again.mutate({ body: { practitionerId, startsLocal, endsLocal, label } }),
      }),
    onError: failed,
  })
  const when = words(slot)
  return (
    <li className="flex items-center gap-2 px-4 py-2">
      <div className="min-w-0 flex-1">
        <p className="text-13 font-medium first-letter:uppercase">{when}</p>
        <p className="truncate text-12 text-ink-muted">{[whose, label].filter(Boolean).join(' · ')}</p>
      </div>
      {mayChange && (
        <IconButton
          icon={Trash2}
          label={t('agenda.settings.slot.remove', { when })}
          onClick={() => remove.mutate({ params: { id: slot.id } })}
        />
      )}
    </li>
  )
}
