import type { Catalogue } from '#platform/ui/messages.tsx'

/** The French messages of the cards that modules hand to the pages of others. */
export const catalogue: Catalogue = Object.assign(
  {},
  ...Object.values(
    import.meta.glob<Catalogue>('../../modules/*/messages/fr.json', {
      eager: true,
      import: 'default',
      query: '?cards',
    }),
  ),
) as Catalogue // Object.assign forgets what it was given
