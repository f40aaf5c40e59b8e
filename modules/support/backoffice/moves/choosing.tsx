/** Choosing messages in the thread, for what is done with some of them. */
import { createContext, type ReactNode, useContext, useState } from 'react'
import type { TicketMessage } from '#contract/support'
import { Checkbox } from '#platform/ui/checkbox.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'

function useChosenMessages() {
  const [chosen, setChosen] = useState<ReadonlySet<string> | null>(null)
  return {
    isOn: chosen !== null,
    chosen: [...(chosen ?? [])],
    has: (id: string) => chosen?.has(id) ?? false,
    begin: () => setChosen(new Set()),
    end: () => setChosen(null),
    toggle: (id: string) => setChosen((before) => new Set(before).symmetricDifference(new Set([id]))),
  }
}

export type Choosing = ReturnType<typeof useChosenMessages>

const Current = createContext<Choosing | null>(null)

export function ChoosingMessages({ children }: { children: (choosing: Choosing) => ReactNode }) {
  const choosing = useChosenMessages()
  return <Current value={choosing}>{children(choosing)}</Current>
}

/** Beside a message, while some are chosen. */
export function ChooseMessage({ message }: { message: TicketMessage }) {
  const t = useMessages()
  const formats = useFormats()
  const choosing = useContext(Current)
  if (!choosing?.isOn) return null
  return (
    <span className="mt-2.5 flex">
      <Checkbox
        checked={choosing.has(message.id)}
        onChange={() => choosing.toggle(message.id)}
        label={t('support.choose.one', { name: message.by.name, at: formats.dayTime(message.writtenAt) })}
      />
    </span>
  )
}
