import { type ReactNode, useState } from 'react'
import { useMessages } from './messages.tsx'
import { useIsLimited } from './session.tsx'
import { Explained } from './why.tsx'

type LimitedNoteProps = {
  permission: string
  /** Which part of what is seen. */
  children: ReactNode
}

/** Tells who sees only a part that it is one, lest they take it for everything; and why, unfolded when asked for. */
export function LimitedNote({ permission, children }: LimitedNoteProps) {
  const t = useMessages()
  const isLimited = useIsLimited()
  const [open, setOpen] = useState(false)
  if (!isLimited(permission)) return null
  return (
    <details
      open={open}
      onToggle={(event) => setOpen(event.currentTarget.open)}
      className="max-w-160 text-13 text-ink-muted"
    >
      <summary className="w-fit cursor-pointer rounded-small">
        {children}{' '}
        <span className="text-accent-ink underline decoration-line-strong underline-offset-3">
          {t('ui.why')}
        </span>
      </summary>
      {open && (
        <div className="mt-2 rounded-control border border-line bg-raised p-3 text-ink">
          <Explained permission={permission} />
        </div>
      )}
    </details>
  )
}
