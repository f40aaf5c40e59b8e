/** "Why was I refused": a 403 names the permission it takes, and the app knows how that is explained. */
import { createContext, type ReactNode, use, useState } from 'react'
import { ApiError } from './api-error.ts'
import { useMessages } from './messages.tsx'
import { type Part, Wanted } from './part.tsx'
import { Skeleton } from './skeleton.tsx'

type Explanation = Part<{ permission: string }>
const Context = createContext<Explanation | null>(null)

export function WhyProvider({ explanation, children }: { explanation: Explanation; children: ReactNode }) {
  return <Context value={explanation}>{children}</Context>
}

/** Folded until asked for; nothing where the refusal was for another reason, or nobody can explain. */
export function Why({ error }: { error: unknown }) {
  const t = useMessages()
  const explanation = use(Context)
  const [open, setOpen] = useState(false)
  const permission = missingPermission(error)
  if (!explanation || permission === null) return null
  return (
    <details
      open={open}
      onToggle={(event) => setOpen(event.currentTarget.open)}
      className="mt-2 text-13 text-ink"
    >
      <summary className="w-fit cursor-pointer rounded-small text-accent-ink">{t('ui.why')}</summary>
      <div className="mt-2">
        <Explained permission={permission} when={open} />
      </div>
    </details>
  )
}

/** The explanation itself, for a page that is nothing else. */
export function Explained({ permission, when = true }: { permission: string; when?: boolean }) {
  const explanation = use(Context)
  const [failed, setFailed] = useState(false)
  if (!explanation) return null
  return (
    <Wanted
      part={explanation}
      when={when && !failed}
      give={{ permission }}
      otherwise={failed ? null : <Skeleton width="80%" />}
      onFailed={() => setFailed(true)}
    />
  )
}

function missingPermission(error: unknown): string | null {
  if (!(error instanceof ApiError) || error.code !== 'forbidden') return null
  const { details } = error
  if (typeof details !== 'object' || details === null || !('permission' in details)) return null
  return typeof details.permission === 'string' ? details.permission : null
}
