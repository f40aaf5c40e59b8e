import type { Manifest, Page } from '#platform/ui/manifest.ts'
import { withWords } from '#platform/ui/words.ts'

/** What each module hands to the practice app: the folder that bears its name, and nothing else. */
const manifestOf: Readonly<Record<string, Manifest>> = Object.fromEntries(
  Object.entries(
    import.meta.glob<Manifest>('../../modules/*/practice/index.tsx', { eager: true, import: 'practice' }),
  ).map(([file, manifest]) => [file.split('/')[3] ?? file, manifest]),
)

/** Each with the words that it says. */
export const pages = Object.entries(manifestOf).flatMap(([module, { pages: own, borrows = [] }]) =>
  own.map((page): Page => ({ ...page, load: () => withWords([module, ...borrows], page.load()) })),
)

export const menu = Object.values(manifestOf).flatMap((manifest) => manifest.menu ?? [])
