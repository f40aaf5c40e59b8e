import type { AddressInfo } from 'node:net'
import pg from 'pg'
import { beforeAll, expect, test } from 'vitest'
import { entriesOf } from '../../../../tests/harness/audit.ts'
import { writeEntries } from '../../../../tests/harness/log-writer.ts'
import { numbered } from '../../../../tests/harness/sequencer.ts'
import { testServer } from '../../../../tests/harness/server.ts'
import { checkProof, openCheckpoint, readLog } from '../../../../tests/harness/stranger.ts'

const server = await testServer()
const auditor = await server.as('auditor')
let url = ''

// Two levels of tiles, or three.
const many = process.env['TEST_LONG'] ? 66_000 : 1_100

/** By its address at the root of the host, which the origin names; redirections are followed as any client does. */
async function fetchLog(path: string): Promise<Buffer> {
  const response = await fetch(`${url}/audit/log/${path}`, { headers: { cookie: auditor.cookie() } })
  if (!response.ok) throw new Error(`${path}: ${response.status}`)
  return Buffer.from(await response.arrayBuffer())
}

beforeAll(async () => {
  const client = new pg.Client({ connectionString: server.database.appUrl })
  await client.connect()
  await writeEntries(client, many)
  await client.end()
  await numbered(server)
  await server.app.listen({ port: 0, host: '127.0.0.1' })
  url = `http://127.0.0.1:${(server.app.server.address() as AddressInfo).port}` // it listens on TCP
})

test('a stranger’s tool reads the whole log by the layout alone, and comes to the same root', async () => {
  const { entries, size } = await readLog(fetchLog)
  expect(size).toBeGreaterThan(many)
  const ours = new Set((await entriesOf(server)).map(({ leaf }) => leaf))
  expect(entries.every((entry) => ours.has(entry.toString()))).toBe(true)
})

test('and finds each lie: another key, another entry, another hash', async () => {
  const vkey = (await fetchLog('vkey')).toString()
  const note = (await fetchLog('checkpoint')).toString()
  expect(() => openCheckpoint(note.replace(/\n\d+\n/, '\n5\n'), vkey)).toThrow('the signature is wrong')
  const lying = (about: string) => async (path: string) => {
    const bytes = await fetchLog(path)
    if (path === about) bytes[40] = (bytes[40] ?? 0) ^ 1
    return bytes
  }
  await expect(readLog(lying('tile/0/002'))).rejects.toThrow('tile/0/002 is wrong')
  await expect(readLog(lying('tile/entries/001'))).rejects.toThrow('tile/0/001 is wrong')
})

test('it checks the proof of one entry offline, and refuses one of another', async () => {
  const vkey = (await fetchLog('vkey')).toString()
  const [one, other] = await entriesOf(server, { verb: 'staff.signed_in' })
  const proof = async (id: string) => (await auditor.send('GET', `/api/v1/audit/entries/${id}/proof`)).text
  expect(checkProof(await proof(one!.id), vkey).toString()).toBe(one?.leaf)
  const forged = (await proof(one!.id)).replace(
    /extra .*/,
    `extra ${Buffer.from(other?.leaf ?? 'another entry').toString('base64')}`,
  )
  expect(() => checkProof(forged, vkey)).toThrow('it leads to another root')
})
