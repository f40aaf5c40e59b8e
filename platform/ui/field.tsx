import { Field as Base } from '@base-ui/react/field'
import type { ReactNode } from 'react'
import { cx } from './cx.ts'
import { useMessages } from './messages.tsx'
import { useProblem } from './problems.ts'

type FieldProps = {
  label: string
  /** The name under which the server speaks of this field: `email`, `lines.0.quantity`. */
  name?: string | undefined
  help?: ReactNode
  /** Inside a `Form` the server's word on this name shows by itself. */
  error?: string | undefined
  /** Most fields are required: the others say that they may stay empty. */
  optional?: boolean | undefined
  /** A checkbox or a switch stands before its label. */
  inline?: boolean | undefined
  children: ReactNode
}

/** Label above, help below, error beside: each linked to the control for those who do not see. */
export function Field({ label, name, help, error: told, optional, inline, children }: FieldProps) {
  const t = useMessages()
  const problem = useProblem(name)
  const error = told ?? problem
  return (
    <Base.Root name={name} invalid={Boolean(error)} className="flex min-w-0 flex-col gap-1">
      <div className={cx(inline ? 'flex items-center gap-2' : 'contents')}>
        {inline && children}
        <Base.Label className="text-13 font-medium text-ink">
          {label}
          {optional && (
            <span className="ml-1.5 text-12 font-regular text-ink-muted">{t('ui.field.optional')}</span>
          )}
        </Base.Label>
        {!inline && children}
      </div>
      {error && (
        <Base.Error match className="text-12 text-danger-ink">
          {error}
        </Base.Error>
      )}
      {help && <Base.Description className="text-12 text-ink-muted">{help}</Base.Description>}
    </Base.Root>
  )
}
