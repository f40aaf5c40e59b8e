import { useState } from 'react'
import { Field } from '#platform/ui/field.tsx'
import { Input } from '#platform/ui/input.tsx'
import { useMessages } from '#platform/ui/messages.tsx'

/** In production, what it is about is typed before it is done. @returns the field, null where nothing has to be typed */
export function useTypedName(name: string, isProduction: boolean) {
  const t = useMessages()
  const [typed, setTyped] = useState('')
  return {
    isTyped: !isProduction || typed.trim() === name,
    field: isProduction ? (
      <Field label={t('ui.danger.type', { name })}>
        <Input value={typed} onChange={setTyped} autoComplete="off" spellCheck={false} />
      </Field>
    ) : null,
  }
}
