import { useState } from 'react'
import type { ApiError } from './api-error.ts'
import { Button } from './button.tsx'
import { sentenceOf } from './errors.ts'
import { Input } from './input.tsx'
import { useMessages } from './messages.tsx'

type NameInPlaceProps = {
  name: string
  words: { label: string; submit: string }
  saving: boolean
  error: ApiError | null
  onSave: (name: string) => void
  /** Nothing is to be saved (any more). */
  onDone: () => void
}

/** A name is corrected where it stands: Enter keeps it, Escape leaves the former one. */
export function NameInPlace({ name: former, words, saving, error, onSave, onDone }: NameInPlaceProps) {
  const t = useMessages()
  const [name, setName] = useState(former)
  return (
    <form
      noValidate
      aria-busy={saving}
      className="flex min-w-0 flex-1 flex-wrap items-center gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        if (!name.trim() || name.trim() === former) onDone()
        else onSave(name)
      }}
    >
      <div className="min-w-0 flex-1 basis-40">
        <Input
          aria-label={words.label}
          value={name}
          maxLength={60}
          autoComplete="off"
          // One has just pressed a button to come here.
          // oxlint-disable-next-line jsx-a11y/no-autofocus
          autoFocus
          onFocus={(event) => event.currentTarget.select()}
          onKeyDown={(event) => event.key === 'Escape' && onDone()}
          onChange={setName}
        />
      </div>
      <div className="flex gap-1">
        <Button type="submit" size="small" loading={saving}>
          {words.submit}
        </Button>
        <Button size="small" variant="ghost" onClick={onDone}>
          {t('ui.cancel')}
        </Button>
      </div>
      {error && (
        <p role="alert" className="w-full text-12 text-danger-ink">
          {sentenceOf(error, t)}
        </p>
      )}
    </form>
  )
}
