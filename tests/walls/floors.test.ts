import { globSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { neighbours } from './floors-map.ts'
import { importsOf, violation } from './floors.ts'

const files = globSync('{platform,modules,apps,db}/**/*.{ts,tsx}').filter(
  (file) => !/\.test\.tsx?$/.test(file) && !file.endsWith('vite.config.ts'),
)

test('no file names what its floor may not name', () => {
  expect(files.length).toBeGreaterThan(50)
  const violations = files.flatMap((file) =>
    importsOf(readFileSync(file, 'utf8'), file).flatMap((specifier) => {
      const wrong = violation(file, specifier, neighbours)
      return wrong ? [`${file}: ${specifier}: ${wrong}`] : []
    }),
  )
  expect(violations).toEqual([])
})

test('every module stands on the map, and the map names no module that does not exist', () => {
  const modules = new Set(globSync('modules/*').map((path) => path.split('/')[1]))
  expect(new Set(Object.keys(neighbours))).toEqual(modules)
})

test('the map has no ring', () => {
  const visit = (module: string, way: string[]): void => {
    if (way.includes(module)) throw new Error(`ring: ${[...way, module].join(' -> ')}`)
    for (const next of neighbours[module] ?? []) visit(next, [...way, module])
  }
  for (const module of Object.keys(neighbours)) visit(module, [])
})

describe('planted violations are red', () => {
  test.each([
    ['platform/server/serve.ts', '#server/clients', 'the platform names modules'],
    ['platform/server/serve.ts', '../../modules/clients/contract.ts', 'the platform names modules'],
    ['platform/contract/endpoint.ts', '#platform/server/db.ts', 'contract code names platform/server'],
    ['platform/ui/data.ts', '#platform/server/db.ts', 'ui code names platform/server'],
    ['platform/server/db.ts', '../ui/button.tsx', 'server code names platform/ui'],
    ['modules/audit/server/index.ts', '#server/clients', 'clients is not listed as a neighbour of audit'],
    [
      'modules/clients/server/index.ts',
      '../../audit/server/queries.ts',
      'reaches inside its neighbour audit',
    ],
    ['modules/clients/backoffice/index.tsx', '#server/audit', 'backoffice code names server code'],
    ['modules/clients/backoffice/list.tsx', '../server/queries.ts', 'backoffice code names server code'],
    ['modules/clients/server/index.ts', '#platform/ui/button.tsx', 'server code names platform/ui'],
    ['modules/clients/contract.ts', '#platform/server/db.ts', 'contract code names platform/server'],
    ['modules/clients/server/index.ts', '../../../apps/server/modules.ts', 'a module names an app'],
    ['apps/backoffice/main.tsx', '../practice/main.tsx', 'an app names another app'],
    ['apps/backoffice/main.tsx', '#server/clients', 'mounts server in backoffice'],
    [
      'apps/server/modules.ts',
      '../../modules/clients/server/queries.ts',
      'reaches inside the module clients',
    ],
    ['apps/practice/main.tsx', '#platform/server/db.ts', 'ui code names platform/server'],
  ])('%s importing %s', (file, specifier, wrong) => {
    expect(violation(file, specifier, neighbours)).toBe(wrong)
  })

  test('imports are found however they are written', () => {
    const code = `import a from 'one'; import type { B } from 'two'; export * from 'three'; export { c } from 'four'; const d = () => import('five')`
    expect(importsOf(code, 'x.ts')).toEqual(['one', 'two', 'three', 'four', 'five'])
  })
})
