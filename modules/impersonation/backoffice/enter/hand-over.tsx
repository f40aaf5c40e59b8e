import { useEffect, useEffectEvent, useRef } from 'react'
import { makeImpersonationKey } from '#contract/impersonation'
import { useEndpoint } from '#platform/ui/data.ts'
import { NotOpened } from './not-opened.tsx'
import { Opening } from './opening.tsx'
import { post } from './post.ts'

/** Has the key made for this browser, with a second factor where it takes one, and posts it. */
export function HandOver({ id, half }: { id: string; half: string }) {
  const make = useEndpoint(makeImpersonationKey, {
    onSuccess: ({ postTo, key }) => post(postTo, { key }),
  })
  const begun = useRef(false)
  const begin = useEffectEvent(() => make.mutate({ params: { id }, body: { browser: half } }))
  useEffect(() => {
    if (begun.current) return
    begun.current = true
    begin()
  }, [])
  return make.error ? <NotOpened id={id} reason={make.error} /> : <Opening />
}
