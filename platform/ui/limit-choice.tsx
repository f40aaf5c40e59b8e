/**
 * What a role may be limited to belongs to modules the roles' page does not know. Each hands the app how its things are
 * chosen, by the kind the limit bears: departments, clients.
 */
import { createContext, type ReactNode, use, useState } from 'react'
import { type Part, Wanted } from './part.tsx'
import { Skeleton } from './skeleton.tsx'

export type LimitChoiceProps = { values: readonly string[]; onChange: (values: string[]) => void }
/** Made with `part`, so that its code comes when a role is being limited. */
export type LimitChoices = Readonly<Record<string, Part<LimitChoiceProps>>>

const Context = createContext<LimitChoices>({})

export function LimitChoicesProvider({ choices, children }: { choices: LimitChoices; children: ReactNode }) {
  return <Context value={choices}>{children}</Context>
}

export function LimitChoice({ kind, ...give }: LimitChoiceProps & { kind: string }): ReactNode {
  const choice = use(Context)[kind]
  const [failed, setFailed] = useState(false)
  if (!choice) throw new Error(`No module says how a ${kind} is chosen`)
  return (
    <Wanted
      part={choice}
      when={!failed}
      give={give}
      otherwise={<Skeleton height={32} width="100%" />}
      onFailed={() => setFailed(true)}
    />
  )
}
