import type { OfferedCard } from '#platform/ui/cards.tsx'
import type { Manifest, MenuEntry, Page } from '#platform/ui/manifest.ts'
import { part } from '#platform/ui/part.tsx'
import { withWords } from '#platform/ui/words.ts'

/** The working day's own order: what is opened all day long first, what is set once last. */
const order = [
  'figures',
  'agenda',
  'patients',
  'calls',
  'notes',
  'fees',
  'reminders',
  'announcements',
  'identity',
  'impersonation',
  'cabinet',
  'support',
]

/** What each module hands to the practice app: the folder that bears its name, and nothing else. */
const manifestOf = Object.entries(
  import.meta.glob<Manifest>('../../modules/*/practice/index.tsx', { eager: true, import: 'practice' }),
)
  .map(([file, manifest]) => [file.split('/')[3] ?? file, manifest] as const)
  .toSorted(([one], [other]) => order.indexOf(one) - order.indexOf(other))
const manifests = manifestOf.map(([, manifest]) => manifest)

/** Each with the words that it says. */
export const pages = manifestOf.flatMap(([module, { pages: own, borrows = [] }]) =>
  own.map((page): Page => ({
    ...page,
    load: () => {
      const code = withWords([module, ...borrows], page.load())
      for (const { card } of page.cards?.flatMap((of) => cards[of] ?? []) ?? []) void card.preload()
      return code
    },
  })),
)

/** What one does all day long, then what the practice is. */
const house = ['identity', 'impersonation', 'cabinet', 'support']
export const menus: readonly (readonly MenuEntry[])[] = [
  manifestOf.filter(([module]) => !house.includes(module)),
  manifestOf.filter(([module]) => house.includes(module)),
].map((group) => group.flatMap(([, manifest]) => manifest.menu ?? []))
export const menu = menus.flat()
export const commands = manifests.flatMap((manifest) => manifest.commands ?? [])
/** Who somebody is comes before what stands in the calendar under their name. */
export const recordSources = manifestOf
  .toSorted(([one], [other]) => Number(other === 'patients') - Number(one === 'patients'))
  .flatMap(([, manifest]) => manifest.records ?? [])

/** Cards on others' pages, by what those show; the words of all come together. */
export const cards = manifestOf.reduce<Record<string, OfferedCard[]>>((offered, [, { cards: own = {} }]) => {
  for (const [of, { needs, load, asks }] of Object.entries(own))
    (offered[of] ??= []).push({
      needs,
      ...(asks && { asks }),
      card: part(() => withWords(['cards'], load())),
    })
  return offered
}, {})
