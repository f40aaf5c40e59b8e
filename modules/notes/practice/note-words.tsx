import { EyeOff } from 'lucide-react'
import type { NoteKind, NoteRow } from '#contract/notes'
import { Badge } from '#platform/ui/badge.tsx'
import { type Formats, formatsIn } from '#platform/ui/formats.ts'
import { preferences } from '#platform/ui/preferences.ts'
import { type Translate, useMessages } from '#platform/ui/messages.tsx'

type Named = Pick<NoteRow, 'title' | 'patient' | 'heldOn'>

/** What a note is called: its title, or what it is of. */
export function nameOf(
  t: Translate,
  { title, patient, heldOn }: Named,
  formats = formatsIn(preferences().language),
) {
  if (title) return title
  const day = formats.day(heldOn)
  return patient ? t('notes.name.of', { patient: patient.name, day }) : t('notes.name.bare', { day })
}

/** By the practice's clock, as the server wrote it: `2026-11-23T09:00` reads 23/11/2026 09:00. */
export const wallClock = (formats: Formats, local: string): string =>
  `${formats.day(local.slice(0, 10))} ${local.slice(11)}`

export function KindBadge({ kind }: { kind: NoteKind }) {
  const t = useMessages()
  return kind === 'personal' ? (
    <span className="inline-flex h-5 items-center rounded-full border border-line-strong bg-paper px-2 text-12 font-medium text-on-paper">
      {t('notes.kind.personal')}
    </span>
  ) : (
    <Badge tone="info">{t('notes.kind.record')}</Badge>
  )
}

/** It exists, and whoever looks is not who may read it. */
export function MaskedMark() {
  const t = useMessages()
  return (
    <span className="inline-flex items-center gap-1 text-12 text-ink-muted">
      <EyeOff aria-hidden size={14} className="shrink-0" />
      {t('notes.masked')}
    </span>
  )
}

/** Of a record note: whether it is signed, and whether it was amended since. */
export function SignatureBadge({
  note,
}: {
  note: Pick<NoteRow, 'kind' | 'signedAt' | 'version' | 'trashedAt'>
}) {
  const t = useMessages()
  if (note.trashedAt) return <Badge>{t('notes.in-trash')}</Badge>
  if (note.kind === 'personal') return null
  if (!note.signedAt) return <Badge tone="warning">{t('notes.unsigned')}</Badge>
  return <Badge tone="success">{t(note.version > 1 ? 'notes.amended' : 'notes.signed')}</Badge>
}
