import { expect, test } from 'vitest'
import { openReader, readApart } from './reading-apart.ts'
import { read } from './reading.ts'

const reasonOf = async (text: string) => {
  const found = await readApart(text)
  return 'unreadable' in found
    ? found.unreadable.reason
    : found.statements.flatMap(({ refusals }) => refusals)
}
const times = (count: number, text: string) => text.repeat(count)

test('what is read apart is what is read here', async () => {
  for (const text of ["SELECT 'é', pg_sleep(1); COMMIT", 'SELEC 1', '', 'UPDATE t SET a = $2 WHERE c.b = 1'])
    expect(await readApart(text)).toMatchObject(read(text))
})

test.each([
  ['a megabyte of parentheses', `SELECT ${times(490_000, '(')}1${times(490_000, ')')}`],
  ['a megabyte of brackets', `SELECT ${times(330_000, '[')}`],
  ['an array within an array', `SELECT ARRAY${times(100_000, '[')}1${times(100_000, ']')}`],
  ['a megabyte of terms', `SELECT ${times(490_000, '1+')}1`],
  ['NOT NOT NOT', `SELECT ${times(200_000, 'NOT ')}true`],
  ['minus minus', `SELECT ${times(400_000, '- ')}1`],
  ['a query within a query', `${times(30_000, 'SELECT * FROM (')}SELECT 1${times(30_000, ') x')}`],
  ['deep common table expressions', `${times(20_000, 'WITH a AS (')}SELECT 1${times(20_000, ') SELECT 1')}`],
  ['a long union', `SELECT 1${times(50_000, ' UNION SELECT 1')}`],
  ['case within case', `SELECT ${times(20_000, 'CASE WHEN true THEN ')}1${times(20_000, ' END')}`],
  ['casts upon casts', `SELECT 1${times(100_000, '::int')}`],
  ['too many statements', times(100_000, 'SELECT 1;')],
  // PostgreSQL's own scanner reads them anew for each.
  ['a megabyte of comments', `${times(200_000, '/**/')}SELECT 1`],
  ['too deep joins', `SELECT 1 FROM a${times(30_000, ' JOIN b ON true')}`],
])('%s is refused, and what comes next is read', { timeout: 20_000 }, async (_what, text) => {
  expect(['too_deep', 'too_long', 'too_many_statements', 'syntax']).toContain(await reasonOf(text))
  expect(await reasonOf('SELECT 1')).toEqual([])
  expect(await reasonOf(`SELECT '${times(30_000, 'x')}'`)).toEqual([])
})

test(
  'a list of a hundred thousand is read, and what is refused in it is found',
  { timeout: 20_000 },
  async () => {
    const many = Array.from({ length: 100_000 }, (_, index) => index).join(',')
    expect(await reasonOf(`SELECT 1 WHERE 1 IN (${many})`)).toEqual([])
    expect(
      await reasonOf(`SELECT 'é' WHERE 1 IN (${many}, pg_backend_pid(), length(pg_read_file('x')))`),
    ).toMatchObject([{ reason: 'file', name: 'pg_read_file' }])
  },
)

test(
  'thirty thousand refusals, blanks and comments of a megabyte take no more than a moment',
  { timeout: 20_000 },
  async () => {
    const found = await reasonOf(`SELECT 'é', ${times(30_000, "pg_sleep(1), 'é',")} 1`)
    expect(found.length).toBeGreaterThan(50)
    expect(found.length).toBeLessThan(200)
    expect(await reasonOf(`SELECT 1${times(900_000, ' ')}+ 1`)).toEqual([])
    expect(await reasonOf(`${times(200_000, '--\n')}SELECT 1`)).toEqual([])
  },
)

test('nobody waits for it: what is short is read beside what is long', async () => {
  const long = readApart(`SELECT ${times(330_000, '1,')}1`)
  const beats: number[] = []
  let last = performance.now()
  const beating = setInterval(() => {
    beats.push(performance.now() - last)
    last = performance.now()
  }, 10)
  await readApart('SELECT 1')
  let isOver = false
  void long.then(() => (isOver = true))
  await new Promise((resolve) => setImmediate(resolve))
  expect(isOver).toBe(false)
  await long
  clearInterval(beating)
})

test('one that takes too long is given up, and the next begins anew', { timeout: 20_000 }, async () => {
  const hasty = openReader({ milliseconds: 5, megabytes: 256 })
  const found = await hasty(`SELECT ${times(300_000, '1,')}1`)
  expect('unreadable' in found && found.unreadable.reason).toBe('too_deep')
  const small = openReader({ milliseconds: 10_000, megabytes: 24 })
  const larger = await small(`SELECT ${times(300_000, '1,')}1`)
  expect('unreadable' in larger && larger.unreadable.reason).toBe('too_deep')
  expect('statements' in (await small(`SELECT '${times(30_000, 'x')}'`))).toBe(true)
})
