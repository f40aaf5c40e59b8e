import { useState } from 'react'
import { part, Wanted } from '#platform/ui/part.tsx'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { withWords } from '#platform/ui/words.ts'
import type { PatientPickerProps } from './patient-picker.tsx'

const picker = part(() =>
  withWords(
    ['patients'],
    import('./patient-picker.tsx').then((module) => module.PatientPicker),
  ),
)

/** A patient, found by typing or added on the spot. It comes with its words once it is shown, and costs no page before. */
export function PatientPicker(props: PatientPickerProps) {
  const [failed, setFailed] = useState(false)
  return (
    <Wanted
      part={picker}
      when={!failed}
      give={props}
      otherwise={failed ? null : <Skeleton height={58} width="100%" />}
      onFailed={() => setFailed(true)}
    />
  )
}
