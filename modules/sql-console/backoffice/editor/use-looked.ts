import type { Diagnostic } from '@codemirror/lint'
import { useState } from 'react'
import { useMessages } from '#platform/ui/messages.tsx'
import { check, type Checked, marksOf } from './checking.ts'
import { parametersIn } from './statement-at.ts'

/** What the parser says of the text that stands there now, as it is typed. */
export function useLooked(text: string) {
  const t = useMessages()
  const [looked, setLooked] = useState<Checked & { text: string }>()
  const checked = looked?.text === text ? looked : undefined
  return {
    checked,
    /** How many it asks for. */
    parameters: checked
      ? Math.max(0, ...checked.statements.map((one) => one.parameters))
      : parametersIn(text),
    look: async (typed: string): Promise<Diagnostic[]> => {
      const found = await check(typed)
      if (found) setLooked({ text: typed, ...found })
      return marksOf(found?.problems ?? [], t)
    },
  }
}
