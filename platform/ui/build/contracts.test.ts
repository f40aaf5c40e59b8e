import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { leanContract } from './contracts.ts'

const contract = `
export const Client = z.object({ id: Id, name: z.string() })
export const states = ['one', 'two'] as const
export const listClients = endpoint({
  method: 'GET',
  path: '/clients',
  summary: 'Lists, {all of them}',
  input: { query: z.object({ q: z.string() }) },
  output: pageOf(Client).extend({ total: z.int() }),
})
export const exportClients = endpoint({ ...staff, summary: "Takes the list along", output: { stream: types } })
`

/** What is left of it, as it would run. */
function run(code: string): Record<string, unknown> {
  const body = code.replaceAll(/^export const (\w+) =/gm, 'exported.$1 =').replaceAll(' as const', '')
  const built = { ran: 0 }
  const endpoint = (declared: object) => ({ ...declared, built: ++built.ran })
  const z = new Proxy({}, { get: () => () => 'a shape' })
  const exported = {}
  // oxlint-disable-next-line typescript/no-implied-eval -- the code is the one above
  new Function('exported', 'endpoint', 'z', 'Id', 'staff', body)(exported, endpoint, z, 'Id', {
    realm: 'staff',
  })
  return exported
}

test('an endpoint keeps where it is and whether it streams, and loses its shapes and sentences', () => {
  expect(run(leanContract(contract, 'contract.ts', false))).toMatchObject({
    listClients: { method: 'GET', path: '/clients', summary: '', input: {}, output: {} },
    exportClients: { realm: 'staff', output: { stream: [] } },
  })
})

test('what an endpoint takes is kept for an app that reads filters by it', () => {
  expect(run(leanContract(contract, 'contract.ts', true))).toMatchObject({
    listClients: { input: { query: 'a shape' }, output: {} },
  })
})

test('every call is marked as leaving nothing behind, so that what is not used is left out', () => {
  const lean = leanContract(contract, 'contract.ts', false)
  expect(lean.match(/\/\* @__PURE__ \*\//g)).toHaveLength(3)
  expect(lean).toContain(`export const states = ['one', 'two'] as const`)
})

test('the practice app reads nothing by the shape of what an endpoint takes, and no telephone loads what makes shapes', () => {
  const files = globSync(['modules/*/practice/**/*.{ts,tsx}', 'apps/practice/**/*.{ts,tsx}'])
  expect(files.length).toBeGreaterThan(50)
  expect(files.filter((file) => /\w\.(in|out)put\b|from 'zod'/.test(readFileSync(file, 'utf8')))).toEqual([])
})
