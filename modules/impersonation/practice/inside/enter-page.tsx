import { LoaderCircle } from 'lucide-react'
import { useEffect, useState } from 'react'
import { enterImpersonation } from '#contract/impersonation'
import { getMemberSession } from '#contract/identity'
import { ApiError } from '#platform/ui/api-error.ts'
import { Button } from '#platform/ui/button.tsx'
import { call } from '#platform/ui/call.ts'
import { sentenceOf } from '#platform/ui/errors.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { Problem } from '#platform/ui/problem.tsx'
import { Step } from '#platform/ui/step.tsx'
import { Bare } from './bare.tsx'
import { showOver, wasImpersonating } from './tab.ts'
import { WayBack } from './way-back.tsx'

type Outcome = 'keyless' | 'inside' | { error: unknown }

/**
 * Where the back-office posts its key to. The key is taken out of the page before anything else, is sent once, and lies
 * neither in the history nor in any storage: a page that is loaded again has none.
 */
export function EnterPage() {
  const t = useMessages()
  const [outcome, setOutcome] = useState<Outcome | null>(null)
  useEffect(() => {
    let current = true
    void enter().then((found) => {
      if (!current) return
      // As a new document: nothing that was asked before is left in it, and the address that was posted to is gone.
      if (found === 'entered') location.replace('/')
      else setOutcome(found)
    })
    return () => {
      current = false
    }
  }, [])
  if (outcome === null)
    return (
      <Bare>
        <Step title={t('impersonation.practice.entering')}>
          <output className="flex items-center gap-2 text-13 text-ink-muted">
            <LoaderCircle aria-hidden size={16} className="shrink-0 animate-spin" />
            {t('impersonation.practice.entering.help')}
          </output>
        </Step>
      </Bare>
    )
  if (outcome === 'inside')
    return (
      <Bare>
        <Step
          title={t('impersonation.practice.already')}
          help={<p>{t('impersonation.practice.already.help')}</p>}
        >
          <Button variant="primary" onClick={() => location.replace('/')}>
            {t('impersonation.practice.already.go-on')}
          </Button>
        </Step>
      </Bare>
    )
  return (
    <Bare>
      <Step
        title={t('impersonation.practice.not-entered')}
        help={
          <p>
            {t(outcome === 'keyless' ? 'impersonation.practice.keyless' : 'impersonation.practice.ask-again')}
          </p>
        }
      >
        <div className="flex flex-col gap-4">
          {outcome !== 'keyless' && <Problem>{sentenceOf(outcome.error, t)}</Problem>}
          <WayBack />
        </div>
      </Step>
    </Bare>
  )
}

/** Once a document, however often the page is shown. */
let entering: Promise<Outcome | 'entered'> | undefined
const enter = () => (entering ??= withKey(takeKey()))

function takeKey(): string | null {
  const meta = document.querySelector<HTMLMetaElement>('meta[name="assistance-key"]')
  const key = meta?.content ?? null
  meta?.remove()
  return key
}

async function withKey(key: string | null): Promise<Outcome | 'entered'> {
  try {
    if (key !== null) {
      await call(enterImpersonation, { body: { key } })
      return 'entered'
    }
    const me = await call(getMemberSession)
    return me.impersonation ? 'inside' : 'keyless'
  } catch (error) {
    const code = error instanceof ApiError ? error.code : ''
    if (code === 'impersonation_limited') return 'inside'
    if (code === 'impersonation_over') showOver()
    // The page it began on is gone back to: it did begin, and is over.
    if (key === null && wasImpersonating()) showOver()
    return key === null && error instanceof ApiError && error.status === 401 ? 'keyless' : { error }
  }
}
