import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { createClient, listClients } from '#contract/clients'
import { sql } from '#platform/server/db.ts'
import { testServer } from '../../../../tests/harness/server.ts'
import { oneSlipAway } from './one-slip.ts'
import { plainText } from '#platform/server/plain-text.ts'

const server = await testServer()
const support = await server.as('support')

const people = [
  ['Arnaud', 'Roxane', 'roxane.arnaud@example.com', 'Metz'],
  ['Bernard', 'Arnaud', 'arnaud.bernard@example.com', 'Strasbourg'],
  ['Lefèvre', 'Anne-Sophie', 'as.lefevre@example.com', 'Saint-Étienne'],
  ['N’Diaye', 'Loïc', 'loic54@example.com', 'Nancy'],
  ['Cœurjoly', 'Œdipe', 'oedipe_99@example.com', 'Bœrsch'],
  ['Li', 'Wei', 'wei@example.com', 'Lille'],
] as const

beforeAll(async () => {
  for (const [lastName, firstName, email, city] of people)
    await support.call(createClient, {
      body: { kind: 'practitioner', status: 'active', lastName, firstName, email, city },
    })
})

const search = async (q: string) =>
  (await support.call(listClients, { query: { q } })).rows.map((row) => row.lastName)

test.each([
  ['a last name', 'bernard', 'Bernard'],
  ['capitals', 'LEFEVRE', 'Lefèvre'],
  ['accents that are not there', 'léfévré', 'Lefèvre'],
  ['accents typed as two characters', 'lefe\u0300vre', 'Lefèvre'],
  ['an apostrophe of another kind', "n'diaye", 'N’Diaye'],
  ['ligatures undone', 'coeurjoly', 'Cœurjoly'],
  ['ligatures kept', 'bœrsch', 'Cœurjoly'],
  ['both names in any order', 'sophie lefevre', 'Lefèvre'],
  ['a city', 'saint etienne', 'Lefèvre'],
  ['a city with its hyphen', 'saint-étienne', 'Lefèvre'],
  ['an e-mail', 'loic54@example.com', 'N’Diaye'],
  ['an underscore, which is no wildcard', 'oedipe_99', 'Cœurjoly'],
  ['the middle of a name', 'rnar', 'Bernard'],
  ['two letters that begin a name', 'li', 'Li'],
  ['a swapped pair of letters', 'lefvère', 'Lefèvre'],
  ['a letter too many', 'lefevvre', 'Lefèvre'],
  ['a letter missing', 'lefvre', 'Lefèvre'],
  ['a wrong letter', 'lefebre', 'Lefèvre'],
  ['a wrong first letter', 'mefevre', 'Lefèvre'],
  ['a slip in the city', 'strasbuorg', 'Bernard'],
  ['a slip in each word', 'sohpie lefevr', 'Lefèvre'],
  ['a slip in an e-mail', 'as.lefevre@exmaple.com', 'Lefèvre'],
  ['a slip in a hyphenated word', 'saint-etinene', 'Lefèvre'],
  ['a slip while one still types', 'strsab', 'Bernard'],
])('%s finds the client: %s', async (_, q, lastName) => {
  expect(await search(q)).toContain(lastName)
})

test.each([
  ['two slips in a word', 'lefxxvre'],
  ['a slip in a word of three letters', 'wej'],
  ['a slip in a number', 'loic55'],
  ['one word right and another that is nobody’s', 'bernard toulouse'],
  ['nothing but signs', '!!! ???'],
  ['a wildcard', '%'],
  ['two letters in the middle of a name', 'ev'],
])('%s finds nobody', async (_, q) => {
  expect(await search(q)).toEqual([])
})

test('who bears the name comes before who has it as a first name', async () => {
  expect(await search('arnaud')).toEqual(['Arnaud', 'Bernard'])
  expect(await search('aranud')).toEqual(['Arnaud', 'Bernard'])
})

test('a quote, a backslash and a percent sign are text like any other', async () => {
  for (const q of ["'; drop table clients; --", String.raw`\%_\\`, '"', '((((', 'a:* & b', '😀'])
    await expect(search(q)).resolves.toBeInstanceOf(Array)
})

test('a hundred words or one word of a hundred letters are answered too', async () => {
  expect(await search('a '.repeat(50))).toBeInstanceOf(Array)
  expect(await search('x'.repeat(100))).toEqual([])
})

test('a plain text is the same here and in PostgreSQL, for every letter of Europe', async () => {
  // Latin-1 and Latin Extended-A: every letter a European keyboard has.
  const characters = Array.from({ length: 0x180 - 0x20 }, (_, at) => String.fromCodePoint(0x20 + at)).filter(
    (character) => /[\p{L}\p{P}\p{Zs}\d]/u.test(character),
  )
  const { rows } = await sql<{ typed: string; plain: string }>`
    select typed, plain_text('x' || typed || 'x') as plain from unnest(${characters}::text[]) typed`.execute(
    server.db,
  )
  const different = rows.filter(({ typed, plain }) => plainText(`x${typed}x`) !== plain)
  expect(different.map(({ typed, plain }) => `${typed}: ${plain}, here ${plainText(`x${typed}x`)}`)).toEqual(
    [],
  )
})

test('every single slip of a word leads back to it', () => {
  const letter = fc.integer({ min: 97, max: 122 }).map((code) => String.fromCodePoint(code))
  const word = fc.array(letter, { minLength: 2, maxLength: 12 }).map((letters) => letters.join(''))
  fc.assert(
    fc.property(
      word,
      fc.nat(),
      letter,
      fc.constantFrom('miss', 'add', 'wrong', 'swap'),
      (meant, where, other, slip) => {
        const at = where % (meant.length - (slip === 'swap' ? 1 : 0))
        const typed = {
          miss: meant.slice(0, at) + meant.slice(at + 1),
          add: meant.slice(0, at) + other + meant.slice(at),
          wrong: meant.slice(0, at) + other + meant.slice(at + 1),
          swap: meant.slice(0, at) + meant[at + 1] + meant[at] + meant.slice(at + 2),
        }[slip]
        expect(oneSlipAway(typed)).toContain(meant)
      },
    ),
  )
})
