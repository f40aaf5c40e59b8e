import type { Catalogue } from '#platform/ui/messages.tsx'

/** The English messages of the cards that modules hand to the pages of others. */
export const catalogue: Catalogue = Object.assign(
  {},
  ...Object.values(
    import.meta.glob<Catalogue>('../../modules/*/messages/en.json', {
      eager: true,
      import: 'default',
      query: '?cards',
    }),
  ),
) as Catalogue // Object.assign forgets what it was given
