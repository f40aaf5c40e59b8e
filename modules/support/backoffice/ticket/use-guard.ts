/**
 * What a patient's data look like in what is about to be said. What goes by mail passes through other people's machines:
 * it leaves only if its writer insists. What is read in the app, and notes, are hinted at and no more.
 */
import { useEffect, useRef, useState } from 'react'
import { type Finding, patientDataByMail, patientDataIn } from '#contract/support'
import type { ApiError } from '#platform/ui/api-error.ts'
import { useSession } from '#platform/ui/session.tsx'
import { useSettled } from '#platform/ui/settled.ts'

type Stopped = { text: string; findings: readonly Finding[] }

/** @param whom it is written to: theirs, and the writer's own, are no patient's names */
export function useGuard(text: string, byMail: boolean, whom: readonly (string | undefined)[]) {
  const known = [useSession().name, ...whom.filter((name) => name !== undefined)]
  const settled = useSettled(text, 600)
  const [stopped, setStopped] = useState<Stopped | null>(null)
  const box = useRef<HTMLOutputElement>(null)
  const isStopped = stopped?.text === text
  // Whoever wanted to send is led to what keeps it.
  useEffect(() => {
    if (!isStopped) return
    box.current?.focus({ preventScroll: true })
    // Its button too: on a telephone a bar stands at the bottom.
    box.current?.scrollIntoView({ block: 'center' })
  }, [isStopped])
  return {
    box,
    byMail,
    /** It leaves only if one insists. */
    stops: isStopped && byMail && stopped.findings.length > 0,
    findings: isStopped ? stopped.findings : patientDataIn(settled, known),
    /** Whether it may go as it stands; else what speaks against it is shown. */
    lets: (): boolean => {
      const findings = byMail ? patientDataIn(text, known) : []
      if (findings.length > 0) {
        setStopped({ text, findings })
        // Asked again, it is what one is led to again.
        box.current?.focus({ preventScroll: true })
        box.current?.scrollIntoView({ block: 'center' })
      }
      return findings.length === 0
    },
    /** The server looked it over too. @returns whether that was why it was refused */
    heard: (error: ApiError): boolean => {
      if (error.code !== patientDataByMail.code) return false
      setStopped({ text, findings: (error.details as { findings: Finding[] }).findings }) // as the server refuses
      return true
    },
  }
}

export type Guard = ReturnType<typeof useGuard>
