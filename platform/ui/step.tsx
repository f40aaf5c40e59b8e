import { type ReactNode, useEffect, useRef } from 'react'
import { usePageTitle } from './page-title.tsx'

type StepProps = {
  title: string
  /** What happens here, in a sentence or two. */
  help?: ReactNode
  children?: ReactNode
}

/** One step of several on the same page: its title takes the focus that the step before left behind. */
export function Step({ title, help, children }: StepProps) {
  usePageTitle(title)
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (document.activeElement === document.body) heading.current?.focus({ preventScroll: true })
  }, [])
  return (
    <>
      <h1 ref={heading} tabIndex={-1} className="mb-5 text-20 font-semibold tracking-tight outline-none">
        {title}
      </h1>
      {help && <div className="-mt-3 mb-5 text-13 text-ink-muted">{help}</div>}
      {children}
    </>
  )
}
