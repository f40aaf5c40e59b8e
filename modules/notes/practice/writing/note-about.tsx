import { ChevronDown, ChevronUp } from 'lucide-react'
import { useState } from 'react'
import { Button } from '#platform/ui/button.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { part, Wanted } from '#platform/ui/part.tsx'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { wallClock } from '../note-words.tsx'
import type { Written } from './written.ts'

/** Fields weigh as much as the page, and are rarely opened. */
const fields = part(() => import('./about-fields.tsx').then((module) => module.AboutFields))

type AboutProps = {
  written: Written
  /** It cannot be signed without a patient. */
  missing: boolean
  isOpen: boolean
  onChange: (change: Partial<Written>) => void
}

/** Of whom, of which session, of which day: one line once it is said, so that a telephone's screen is left to the text. */
export function NoteAbout({ written, missing, isOpen, onChange }: AboutProps) {
  const t = useMessages()
  const formats = useFormats()
  const [chosen, setOpen] = useState(isOpen)
  const open = chosen || missing
  const { patient, appointment, heldOn } = written
  const said = [
    patient?.name ?? t('notes.patient.unsaid'),
    appointment
      ? t('notes.session.of', { at: wallClock(formats, appointment.startsLocal) })
      : heldOn && formats.day(heldOn),
  ]
  return (
    <section aria-label={t('notes.about')} className="rounded-card border border-line bg-surface px-4 py-2">
      <div className="flex min-h-9 items-center gap-2">
        <p className="min-w-0 flex-1 truncate text-13 tabular-nums">{said.filter(Boolean).join(' · ')}</p>
        <Button
          variant="ghost"
          size="small"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
          icon={open ? ChevronUp : ChevronDown}
        >
          {t(open ? 'notes.about.close' : 'notes.about.change')}
        </Button>
      </div>
      {open && (
        <Wanted
          part={fields}
          when
          give={{ written, missing, onChange }}
          otherwise={<Skeleton width="100%" height={72} />}
          onFailed={() => setOpen(false)}
        />
      )}
    </section>
  )
}
