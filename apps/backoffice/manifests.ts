import type { OfferedCard } from '#platform/ui/cards.tsx'
import type { Manifest, Page } from '#platform/ui/manifest.ts'
import type { MessageKey } from '#platform/ui/messages.tsx'
import { part } from '#platform/ui/part.tsx'
import { withWords } from '#platform/ui/words.ts'

/** What each module hands to the back-office: the folder that bears its name, and nothing else. */
export const manifestOf: Readonly<Record<string, Manifest>> = Object.fromEntries(
  Object.entries(
    import.meta.glob<Manifest>('../../modules/*/backoffice/index.tsx', {
      eager: true,
      import: 'backoffice',
    }),
  ).map(([file, manifest]) => [file.split('/')[3] ?? file, manifest]),
)
export const manifests: readonly Manifest[] = Object.values(manifestOf)

/** Each with the words that it says. */
export const pages = Object.entries(manifestOf).flatMap(([module, manifest]) => {
  const { pages: own, borrows = [] } = manifest
  return own.map((page): Page => {
    // The doors stay light: what they say of others is said early, by the shell too.
    const words = page.frame === 'bare' ? [module] : [module, ...borrows]
    return { ...page, load: () => withWords(words, page.load()) }
  })
})
export const commands = manifests.flatMap((manifest) => manifest.commands ?? [])
export const recordSources = manifests.flatMap((manifest) => manifest.records ?? [])
export const jobKinds = Object.assign({}, ...manifests.map(({ jobs }) => jobs)) as NonNullable<
  Manifest['jobs']
> // Object.assign forgets what it was given

export const limitChoices = Object.assign(
  {},
  ...manifests.map((manifest) => manifest.limitChoices),
) as NonNullable<Manifest['limitChoices']> // Object.assign forgets what it was given

/** Cards on others' pages, by what those show, each with the words that it says. */
export const cards = Object.entries(manifestOf).reduce<Record<string, OfferedCard[]>>(
  (offered, [module, { cards: own = {}, borrows = [] }]) => {
    for (const [of, { needs, load }] of Object.entries(own))
      (offered[of] ??= []).push({ needs, card: part(() => withWords([module, ...borrows], load())) })
    return offered
  },
  {},
)

/** The headings of the navigation, in the order of the working day. */
export const groups: readonly MessageKey[] = [
  'shell.group.steering',
  'shell.group.customers',
  'shell.group.billing',
  'shell.group.support',
  'shell.group.administration',
  'shell.group.settings',
]

/** Entries under their headings, each heading where the working day puts it. */
export const menu = [
  ...Map.groupBy(
    manifests.flatMap((manifest) => manifest.menu ?? []),
    (entry) => entry.group,
  ),
].toSorted(([one], [other]) => groups.indexOf(one) - groups.indexOf(other))

/** The first page of a person's day: that of their highest role, else the first they may see. */
export function landingOf(roles: readonly string[], may: (permission?: string) => boolean): string | null {
  const open = (to: string) => {
    const [address] = to.split('?') // a landing may be a filtered list
    const page = pages.find(({ path }) => path === address)
    return page !== undefined && may(page.needs)
  }
  const ofRoles = roles.flatMap((role) => manifests.map(({ landing }) => landing?.[role]))
  const ofMenu = menu.flatMap(([, entries]) => entries.map(({ to }) => to))
  return [...ofRoles, ...ofMenu].find((to) => to !== undefined && open(to)) ?? null
}
