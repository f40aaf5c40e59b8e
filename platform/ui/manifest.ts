/** What a module hands to an app: its pages and how one gets there. The app mounts it and no more. */
import type { LucideIcon } from 'lucide-react'
import type { ComponentType } from 'react'
import type { Job } from '#platform/contract/jobs.ts'
import type { PageCard } from './cards.tsx'
import type { Question } from './data.ts'
import type { LimitChoices } from './limit-choice.tsx'
import type { MessageKey, Translate } from './messages.tsx'

export type Page = {
  /** `/clients/$id`; read its parts with `usePathParam('id')`. */
  path: string
  /** Names the page until its own title is known. */
  title: MessageKey
  /** The path of the page above, for the breadcrumbs. */
  under?: string
  /** The permission without which the page shows who to ask. */
  needs?: string
  /** `bare` stands alone, without sidebar and session: sign-in. */
  frame?: 'shell' | 'bare'
  /** Loads the page's own part of the code: `() => import('./client-list.tsx').then((m) => m.ClientList)`. */
  load: () => Promise<ComponentType>
  /** What it will ask first, by the parts of its path: asked while its code is still on its way, by who may see it. */
  asks?: (params: Readonly<Record<string, string>>) => readonly Question[]
  /** The cards of others that stand on it: their code comes with the page's own, not after it. */
  cards?: readonly string[]
}

export type MenuEntry = {
  /** The heading it stands under: `shell.group.customers`. */
  group: MessageKey
  label: MessageKey
  icon: LucideIcon
  to: string
  needs?: string
  /** Keys typed one after the other: `g c`. */
  shortcut?: string
}

export type Command = {
  label: MessageKey
  icon: LucideIcon
  to: string
  /** All of them, where it is several. */
  needs?: string | readonly string[]
  shortcut?: string
}

export type FoundRecord = { id: string; title: string; detail?: string; to: string }

/** Finds records as one types in the palette. */
export type RecordSource = {
  label: MessageKey
  icon: LucideIcon
  needs?: string
  /** What the audit log calls such a record: `client`. */
  objectType?: string
  search: (text: string, signal: AbortSignal) => Promise<FoundRecord[]>
}

/** How a kind of long work is called in the job tray, and where its result is. */
export type JobKind = {
  label: MessageKey
  /** What tells it from another of its kind: the file's name, or how much is in it. */
  detail?: (job: Job, t: Translate) => string | null
  result?: (job: Job) => { label: MessageKey; to?: string; download?: string } | null
}

export type Manifest = {
  /** The words of the module come with its pages. */
  pages: readonly Page[]
  /** Other modules whose words its pages say too: `['access']` for the names of roles. */
  borrows?: readonly string[]
  menu?: readonly MenuEntry[]
  commands?: readonly Command[]
  records?: readonly RecordSource[]
  jobs?: Readonly<Record<string, JobKind>>
  /** Where the people of a role begin their day: `{ direction: '/dashboard' }`. */
  landing?: Readonly<Record<string, string>>
  /** How the things of this module are chosen that a role may be limited to, by the limit's kind. */
  limitChoices?: LimitChoices
  /** What this module puts on pages of others, by what the audit log calls the thing they show: `{ client: … }`. */
  cards?: Readonly<Record<string, PageCard>>
}
