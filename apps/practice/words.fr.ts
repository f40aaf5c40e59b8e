import type { Catalogue } from '#platform/ui/messages.tsx'

/** The French messages of the shell, menus and titles of every module included: those of pages come with them. */
export const catalogue: Catalogue = Object.assign(
  {},
  ...Object.values(
    import.meta.glob<Catalogue>(['./messages/fr.json', '../../platform/ui/messages/fr.json'], {
      eager: true,
      import: 'default',
    }),
  ),
  ...Object.values(
    import.meta.glob<Catalogue>('../../modules/*/messages/fr.json', {
      eager: true,
      import: 'default',
      query: '?early',
    }),
  ),
) as Catalogue // Object.assign forgets what it was given
