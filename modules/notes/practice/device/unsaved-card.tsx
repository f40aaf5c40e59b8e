import { HardDrive } from 'lucide-react'
import { useQuery } from '@tanstack/react-query'
import { Card } from '#platform/ui/card.tsx'
import { DateText } from '#platform/ui/date-text.tsx'
import { ButtonLink } from '#platform/ui/link.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { useSession } from '#platform/ui/session.tsx'
import { newNoteTo, noteTo } from '../addresses.ts'
import { nameOf } from '../note-words.tsx'
import { unsavedIds } from './unsaved.ts'
import { useUnsavedNotes } from './use-unsaved-notes.ts'

/** Text that never reached the practice, offered back to whoever typed it here. Nothing, where there is none. */
export function UnsavedCard({ patientId }: { patientId?: string }) {
  const { id: memberId } = useSession()
  const { data: ids = [] } = useQuery({
    queryKey: ['unsaved notes', memberId, 'ids'],
    queryFn: () => unsavedIds(memberId).catch(() => []),
    staleTime: 0,
    gcTime: 0,
  })
  return ids.length > 0 && <Listed ids={ids} patientId={patientId} />
}

/** Where one arrives after signing in. */
export const UnsavedAtHome = () => <UnsavedCard />

/** Only where there is something to open is the key asked for. */
function Listed({ ids, patientId }: { ids: readonly string[]; patientId: string | undefined }) {
  const t = useMessages()
  const formats = useFormats()
  const unsaved = useUnsavedNotes()
  const { data = [] } = useQuery({
    queryKey: ['unsaved notes', 'whole', ids],
    queryFn: async () => Promise.all(ids.map(async (id) => ({ id, kept: await unsaved?.of(id) }))),
    enabled: Boolean(unsaved),
    staleTime: 0,
    gcTime: 0,
  })
  const rows = data.flatMap(({ id, kept }) =>
    kept && (patientId === undefined || kept.written.patient?.id === patientId) ? [{ id, kept }] : [],
  )
  if (rows.length === 0) return null
  return (
    <Card title={t('notes.unsaved')} className="border-info">
      <p className="text-13 text-ink-muted">{t('notes.unsaved.help')}</p>
      <ul className="mt-2 flex flex-col">
        {rows.map(({ id, kept: { written, revision, keptAt } }) => (
          <li key={id} className="flex min-h-11 items-center gap-3 border-t border-line py-1.5 text-13">
            <HardDrive aria-hidden size={16} className="shrink-0 text-ink-muted" />
            <span className="min-w-0 flex-1">
              <span dir="auto" className="block truncate font-medium">
                {nameOf(t, { ...written, heldOn: written.heldOn ?? keptAt }, formats)}
              </span>
              <span className="block text-12 text-ink-muted">
                <DateText value={keptAt} show="both" />
              </span>
            </span>
            <ButtonLink size="small" to={revision === 0 ? newNoteTo({ draft: id }) : noteTo(id)}>
              {t('notes.unsaved.resume')}
            </ButtonLink>
          </li>
        ))}
      </ul>
    </Card>
  )
}
