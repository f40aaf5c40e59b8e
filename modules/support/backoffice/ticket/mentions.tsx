import { AtSign } from 'lucide-react'
import { IconButton } from '#platform/ui/icon-button.tsx'
import { Menu } from '#platform/ui/menu.tsx'
import { useMessages } from '#platform/ui/messages.tsx'

type Agent = { id: string; name: string }

/** Those of the team whom a note calls by `@name`. */
export const mentionedIn = (text: string, agents: readonly Agent[]): string[] =>
  agents.filter(({ name }) => text.includes(`@${name}`)).map(({ id }) => id)

type MentionProps = { agents: readonly Agent[]; onMention: (name: string) => void }

/** Calls a colleague to a note. */
export function MentionMenu({ agents, onMention }: MentionProps) {
  const t = useMessages()
  if (agents.length === 0) return null
  return (
    <Menu
      items={agents.map(({ name }) => ({ label: name, onSelect: () => onMention(name) }))}
      trigger={<IconButton icon={AtSign} size="small" label={t('support.note.mention')} />}
    />
  )
}
