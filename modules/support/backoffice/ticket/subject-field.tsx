import { useState } from 'react'
import { Input } from '#platform/ui/input.tsx'
import { useMessages } from '#platform/ui/messages.tsx'

type SubjectFieldProps = { subject: string; disabled: boolean; onChange: (subject: string) => void }

/** As the contract has it. */
const longest = 200

/** What it is about, said better than whoever asked did: Enter or leaving keeps it, Escape leaves the former one. */
export function SubjectField({ subject, disabled, onChange }: SubjectFieldProps) {
  const t = useMessages()
  const [typed, setTyped] = useState<string | null>(null)
  const keep = () => {
    const said = typed?.trim()
    setTyped(null)
    // A ticket is called something: nothing at all is no change.
    if (said && said !== subject) onChange(said)
  }
  return (
    <Input
      aria-label={t('support.field.subject')}
      lang="fr"
      dir="auto"
      autoComplete="off"
      maxLength={longest}
      title={typed ?? subject}
      value={typed ?? subject}
      disabled={disabled}
      onChange={setTyped}
      onBlur={keep}
      onKeyDown={(event) => {
        if (event.key === 'Escape') setTyped(null)
        if (event.key !== 'Enter' || event.ctrlKey || event.metaKey) return
        event.preventDefault()
        keep()
      }}
    />
  )
}
