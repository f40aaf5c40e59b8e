import { useEffect, useState } from 'react'
import { whenStepUpIsRequired } from '#platform/ui/call.ts'
import { part, Wanted } from '#platform/ui/part.tsx'
import { withWords } from '#platform/ui/words.ts'

const dialog = part(() =>
  withWords(
    ['identity'],
    import('./step-up-dialog.tsx').then((module) => module.StepUpDialog),
  ),
)

type End = (shown: boolean) => void

/** Stands once behind the sign-in. Calls that are refused at the same time wait for one and the same question. */
export function StepUp() {
  const [end, setEnd] = useState<End | null>(null)
  useEffect(() => {
    let asked: { answer: Promise<boolean>; end: End } | null = null
    const ask = () => {
      if (!asked) {
        const { promise, resolve } = Promise.withResolvers<boolean>()
        const finish: End = (shown) => {
          asked = null
          setEnd(null)
          resolve(shown)
        }
        asked = { answer: promise, end: finish }
        setEnd(() => finish)
      }
      return asked.answer
    }
    const takeBack = whenStepUpIsRequired(ask)
    return () => {
      takeBack()
      asked?.end(false)
    }
  }, [])
  return (
    <Wanted
      part={dialog}
      when={end !== null}
      give={{ onEnd: end ?? (() => undefined) }}
      onFailed={() => end?.(false)}
    />
  )
}
