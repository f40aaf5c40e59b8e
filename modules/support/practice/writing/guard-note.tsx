import { ShieldAlert } from 'lucide-react'
import { useRef, useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { findPatients } from '#contract/patients'
import { Button } from '#platform/ui/button.tsx'
import { call } from '#platform/ui/call.ts'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { useSettled } from '#platform/ui/settled.ts'
import { type Finding, isSameName, patientDataIn, possibleNamesIn } from '#contract/support'

/**
 * Warns, and forbids nothing: the team needs no patient's data to help, and should not be told any. What looks like it is sent
 * only by a button of its own.
 */
export function useGuard(text: string) {
  const [stopped, setStopped] = useState<string | null>(null)
  const box = useRef<HTMLOutputElement>(null)
  const settled = useSettled(text, 600)
  const isStopped = stopped === text
  const what = useWhat(isStopped ? text : settled)
  return {
    what,
    box,
    isStopped,
    /** Whether it may go as it stands; else whoever sends is led to what speaks against it. */
    lets: (): boolean => {
      if (patientDataIn(text).length === 0 && (what.length === 0 || settled !== text)) return true
      setStopped(text)
      requestAnimationFrame(() => {
        box.current?.focus({ preventScroll: true })
        box.current?.scrollIntoView({ block: 'center' })
      })
      return false
    },
  }
}

/** What looks like a patient's data, in words. */
function useWhat(settled: string): string[] {
  const t = useMessages()
  const patients = usePatientsNamedIn(settled)
  const found = patientDataIn(settled)
  const said = (finding: Finding) =>
    finding.kind === 'name'
      ? t('support.own.guard.name', { words: finding.words })
      : t(`support.own.guard.${finding.kind}`)
  // « Mme Perrin » and the patient Perrin are one finding.
  const known = patients.filter(
    (name) => !found.some((one) => one.kind === 'name' && one.words.includes(name)),
  )
  return [...known.map((name) => t('support.own.guard.patient', { name })), ...found.map(said)]
}

type GuardNoteProps = { guard: ReturnType<typeof useGuard>; busy: boolean; onInsist: () => void }

export function GuardNote({ guard: { what, box, isStopped }, busy, onInsist }: GuardNoteProps) {
  const t = useMessages()
  const formats = useFormats()
  return (
    <output ref={box} tabIndex={-1} className="block outline-none">
      {what.length > 0 && (
        <span className="flex gap-2 rounded-control bg-warning-soft px-3 py-2 text-13 text-warning-ink">
          <ShieldAlert aria-hidden size={16} className="mt-0.5 shrink-0" />
          <span className="min-w-0 wrap-anywhere">
            <span className="font-medium">{t('support.own.guard', { what: formats.list(what) })}</span>{' '}
            {t('support.own.guard.help')}
            {isStopped && (
              <span className="mt-2 block">
                <Button size="small" disabled={busy} onClick={onInsist}>
                  {t('support.own.guard.insist')}
                </Button>
              </span>
            )}
          </span>
        </span>
      )}
    </output>
  )
}

/** Patients of this practice, asked of its own server, and only where the member reads their files anyway. */
function usePatientsNamedIn(text: string): readonly string[] {
  const may = useMay()
  const names = possibleNamesIn(text)
  const { data = [] } = useQuery({
    queryKey: ['help guard', ...names],
    queryFn: async ({ signal }) => {
      const answers = await Promise.all(
        names.map((q) => call(findPatients, { query: { q: q.slice(0, 100) } }, signal)),
      )
      return names.filter((name, place) => answers[place]?.rows.some((row) => isSameName(row.name, name)))
    },
    enabled: names.length > 0 && may('patients.read'),
    staleTime: 60_000,
    retry: false,
  })
  return names.length > 0 ? data : []
}
