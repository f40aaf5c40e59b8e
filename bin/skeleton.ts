/** The files of a new module, by their path inside it. */
export function skeleton(name: string): Record<string, string> {
  const camel = name.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())
  const Type = camel.charAt(0).toUpperCase() + camel.slice(1)
  return {
    'README.md': `# ${name}
What it is for, in one sentence.

**Words.** The trade's words that this module owns.

**Tables.** Those it alone reads and writes.

**Rules**
- What must always hold.

**Neighbours.** None.
`,
    'contract.ts': `import { z } from 'zod'
import { endpoint } from '#platform/contract/endpoint.ts'
import { Id } from '#platform/contract/ids.ts'

export const permissions = ['${name}.read'] as const
export const topics = { ${camel === name ? name : `'${name}'`}: '${name}.read' } as const

export const list${Type} = endpoint({
  method: 'GET',
  path: '/${name}',
  realm: 'staff',
  may: '${name}.read',
  summary: 'What the list holds, in one sentence',
  output: z.object({ rows: z.array(z.object({ id: Id })) }),
  refreshedBy: ['${name}'],
})
`,
    'messages/fr.json': `{\n  "${name}.title": "Titre"\n}\n`,
    'messages/en.json': `{\n  "${name}.title": "Title"\n}\n`,
    'server/index.ts': `import { listing } from './listing.ts'

export const handlers = [listing]
`,
    'server/listing.ts': `import { list${Type} } from '#contract/${name}'
import { handle } from '#platform/server/requests.ts'

export const listing = handle(list${Type}, async () => ({ rows: [] }))
`,
    'server/queries.ts': `// Every SQL statement of the module, on a handle that names its tables: Tables<'…'>.
export {}
`,
  }
}
