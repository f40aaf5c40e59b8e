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

const atTheEnd = /(^|\s)@([\p{L}'’-]*(?: [\p{L}'’-]+)?)$/u

/** Who may be meant by what stands behind the last `@`; none once a whole name stands there. */
export function meantBy(text: string, agents: readonly Agent[]): Agent[] {
  const typed = atTheEnd.exec(text)?.[2]
  if (typed === undefined) return []
  const plain = (words: string) => words.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()
  const wanted = plain(typed)
  return agents
    .filter(
      ({ name }) =>
        plain(name) !== wanted &&
        [plain(name), ...plain(name).split(' ')].some((part) => part.startsWith(wanted)),
    )
    .slice(0, 6)
}

/** With the name in the place of what was typed of it. */
export const withMention = (text: string, name: string) => text.replace(atTheEnd, `$1@${name} `)

type MeantProps = { agents: readonly Agent[]; active: number; onChoose: (name: string) => void }

/** Proposed while one types; Enter takes the marked one. */
export function Meant({ agents, active, onChoose }: MeantProps) {
  const t = useMessages()
  if (agents.length === 0) return null
  return (
    <ul
      aria-label={t('support.note.mention')}
      className="mt-1 w-fit max-w-full rounded-control border border-line bg-raised p-1 text-13 text-ink shadow-float"
    >
      {agents.map(({ id, name }, place) => (
        <li key={id}>
          <button
            type="button"
            aria-current={place === active}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => onChoose(name)}
            className="flex h-8 w-full items-center gap-2 rounded-small px-2 text-left hover:bg-hover aria-[current=true]:bg-hover touch:h-10"
          >
            <AtSign aria-hidden size={14} className="text-ink-muted" />
            {name}
          </button>
        </li>
      ))}
    </ul>
  )
}
