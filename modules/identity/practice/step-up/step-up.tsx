import { part } from '#platform/ui/part.tsx'
import { StepUpGate } from '#platform/ui/step-up-gate.tsx'
import { withWords } from '#platform/ui/words.ts'

const dialog = part(() =>
  withWords(
    ['identity'],
    import('./step-up-dialog.tsx').then((module) => module.StepUpDialog),
  ),
)

/** Stands once behind the sign-in. */
export function StepUp() {
  return <StepUpGate dialog={dialog} />
}
