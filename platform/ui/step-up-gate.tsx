import { useEffect, useState } from 'react'
import { whenStepUpIsRequired } from './call.ts'
import { type Part, Wanted } from './part.tsx'

type End = (shown: boolean) => void
/** Asks for what is shown again, and says whether it was. */
export type StepUpDialogProps = { onEnd: End }

/** Stands once behind the sign-in. Calls that are refused at the same time wait for one and the same question. */
export function StepUpGate({ dialog }: { dialog: Part<StepUpDialogProps> }) {
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
