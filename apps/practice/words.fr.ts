import type { Catalogue } from '#platform/ui/messages.tsx'

/** Every French message, in one file of its own that is loaded for those who read French. */
export const catalogue: Catalogue = Object.assign(
  {},
  ...Object.values(
    import.meta.glob<Catalogue>(['./messages/fr.json', '../../platform/ui/messages/fr.json'], {
      eager: true,
      import: 'default',
    }),
  ),
) as Catalogue // Object.assign forgets what it was given
