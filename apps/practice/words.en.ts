import type { Catalogue } from '#platform/ui/messages.tsx'

/** Every English message, in one file of its own that is loaded for those who read English. */
export const catalogue: Catalogue = Object.assign(
  {},
  ...Object.values(
    import.meta.glob<Catalogue>(['./messages/en.json', '../../platform/ui/messages/en.json'], {
      eager: true,
      import: 'default',
    }),
  ),
) as Catalogue // Object.assign forgets what it was given
