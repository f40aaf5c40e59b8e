import fc from 'fast-check'
import { expect, test } from 'vitest'
import { examineRows } from './examining.ts'
import { FileRefusal, fileRefusalCodes, type FileRefusalDetails } from './file-refusal.ts'
import { resolveColumns } from './mapping.ts'
import { openFile } from './opening.ts'
import { bytesSource } from './source.ts'

const headings = 'Nom;Prénom;Email;Statut'
const lefevre = 'Lefèvre;Élodie;elodie@cabinet.example.net;Client'

const utf8 = (text: string) => new TextEncoder().encode(text)
const latin1 = (text: string) => Uint8Array.from(Buffer.from(text, 'latin1'))

/** Everything the file says, or its refusal: what the import sees of it. */
async function readThrough(bytes: Uint8Array, step?: number) {
  const file = await openFile(bytesSource(bytes, 'clients.csv', step))
  const rows = []
  for await (const examined of examineRows(file, resolveColumns(file.headings))) rows.push(...examined)
  return {
    encoding: file.encoding,
    separator: file.separator,
    names: rows.map((row) => row.values.lastName),
    rows,
  }
}

async function refusal(
  bytes: Uint8Array,
): Promise<{ code: string; details: FileRefusalDetails } | undefined> {
  try {
    await readThrough(bytes)
  } catch (error) {
    if (error instanceof FileRefusal) return { code: error.code, details: error.details }
    throw error
  }
  return undefined
}

test.each([
  ['UTF-8', utf8(`${headings}\n${lefevre}\n`), 'utf-8'],
  ['UTF-8 with a byte order mark', utf8(`\uFEFF${headings}\n${lefevre}\n`), 'utf-8'],
  [
    'UTF-16, little end first',
    new Uint8Array(Buffer.from(`\uFEFF${headings}\n${lefevre}\n`, 'utf16le')),
    'utf-16le',
  ],
  [
    'UTF-16, big end first',
    new Uint8Array(Buffer.from(`\uFEFF${headings}\n${lefevre}\n`, 'utf16le').swap16()),
    'utf-16be',
  ],
  ['Windows-1252', latin1(`${headings}\r\n${lefevre}\r\n`), 'windows-1252'],
])('%s is recognised and its accents kept, even read byte by byte', async (_name, bytes, encoding) => {
  expect(await readThrough(bytes)).toMatchObject({ encoding, names: ['Lefèvre'] })
  expect(await readThrough(bytes, 1)).toMatchObject({ encoding, names: ['Lefèvre'] })
})

test('the encoding is judged on the whole file: the first accent may stand in the last line', async () => {
  const plain = 'Martin;Ines;ines@example.com;Client\n'.repeat(4000)
  const bytes = latin1(`Nom;Prenom;Email;Statut\n${plain}Lefèvre;Ines;e@example.com;Client\n`)
  const { encoding, names } = await readThrough(bytes)
  expect([encoding, names.at(-1)]).toEqual(['windows-1252', 'Lefèvre'])
})

test.each([';', ',', '\t', '|'] as const)(
  'the separator %j is recognised, whatever stands in the addresses',
  async (separator) => {
    const cells = [
      ['Nom', 'Email', 'Statut', 'Adresse'],
      ['Martin', 'a@example.com', 'Client', '"1, rue | des; Lilas\tbis"'],
      ['Benali', 'b@example.com', 'Client', '"2, rue ""des"" Lilas; escalier B, 3e"'],
    ]
    const { separator: found, rows } = await readThrough(
      utf8(cells.map((row) => row.join(separator)).join('\n')),
    )
    expect(found).toBe(separator)
    expect(rows[1]?.values.address).toBe('2, rue "des" Lilas; escalier B, 3e')
  },
)

test('a row may lack its last cells, as Excel writes it, but a last line without an end is a file cut short', async () => {
  expect((await readThrough(utf8(`${headings};Ville\n${lefevre}\n`))).names).toEqual(['Lefèvre'])
  expect(await refusal(utf8(`${headings};Ville\n${lefevre}`))).toEqual({
    code: 'import_file_truncated',
    details: { line: 2 },
  })
  expect((await readThrough(utf8(`${headings}\n${lefevre}`))).names).toEqual(['Lefèvre'])
})

test('empty cells beyond the headings do no harm; a value there means shifted columns', async () => {
  expect((await readThrough(utf8(`${headings}\n${lefevre};;\n`))).names).toEqual(['Lefèvre'])
  expect(await refusal(utf8(`${headings}\n${lefevre};Nancy\n`))).toMatchObject({
    code: 'import_file_row_too_wide',
    details: { line: 2 },
  })
})

test.each([
  ['an empty file', utf8(''), 'import_file_empty', {}],
  ['a file of blank lines', utf8('\r\n \n'), 'import_file_empty', {}],
  ['a file with NUL bytes', utf8(`${headings}\nLef\0vre;;;\n`), 'import_file_binary', { line: 2 }],
  [
    'UTF-16 without a byte order mark',
    new Uint8Array(Buffer.from('Nom;Email\n', 'utf16le')),
    'import_file_binary',
    { line: 1 },
  ],
  ['UTF-16 cut inside a character', Uint8Array.of(0xff, 0xfe, 0x41), 'import_file_encoding', { line: 1 }],
  [
    'UTF-8 with one damaged character',
    Buffer.concat([utf8(`${headings}\nÉléonore\n`), latin1('é\n')]),
    'import_file_encoding',
    { line: 3 },
  ],
  [
    'bytes that no Windows-1252 text holds',
    latin1(`Nom;Email\n\u0081\n`),
    'import_file_encoding',
    { line: 2 },
  ],
  ['a first line that is a client already', utf8(`${lefevre}\n`), 'import_file_header_missing', {}],
  ['headings of which not one is known', utf8('a;b\nc;d\n'), 'import_file_header_missing', {}],
  ['the same heading twice', utf8('Nom;Email;NOM\n'), 'import_file_heading_duplicate', { heading: 'NOM' }],
  ['no column of e-mail addresses', utf8('Nom;Statut\n'), 'import_column_missing', { field: 'email' }],
  [
    'two columns that both could be the e-mail',
    utf8('Nom;Email;Courriel;Statut\n'),
    'import_column_ambiguous',
    { field: 'email' },
  ],
  [
    'a quote that never closes',
    utf8(`${headings}\n"Lefèvre;É;e@example.com;Client\n`),
    'import_file_quote_unclosed',
    { line: 2 },
  ],
])('%s is refused, naming where', async (_name, bytes, code, details) => {
  expect(await refusal(bytes)).toMatchObject({ code, details })
})

test('a file beyond the limit is refused before it is read to its end', async () => {
  let read = 0
  const endless = {
    name: 'endless.csv',
    async *open() {
      for (;;) {
        read++
        yield new Uint8Array(1000).fill(0x61)
      }
    },
  }
  await expect(openFile(endless, { maxBytes: 10_000 })).rejects.toMatchObject({
    code: 'import_file_too_large',
  })
  expect(read).toBe(11)
})

test('no bytes at all make it fail otherwise than by a declared refusal', async () => {
  const pieces = fc.oneof(
    fc.uint8Array({ maxLength: 40 }),
    fc.constantFrom(`${headings}\n`, lefevre, '"', ';', '\r\n', '\uFEFF', 'é', '00/00/0000').map(utf8),
    fc.constantFrom(Uint8Array.of(0xff, 0xfe), Uint8Array.of(0xef, 0xbb, 0xbf), Uint8Array.of(0xe9)),
  )
  await fc.assert(
    fc.asyncProperty(
      fc.array(pieces, { maxLength: 12 }),
      fc.integer({ min: 1, max: 64 }),
      async (parts, step) => {
        const bytes = new Uint8Array(Buffer.concat(parts))
        const outcome = await readThrough(bytes, step).catch((error: unknown) => error)
        if (outcome instanceof Error) {
          expect(outcome).toBeInstanceOf(FileRefusal)
          expect(fileRefusalCodes).toContain((outcome as FileRefusal).code)
        }
      },
    ),
    { numRuns: 300 },
  )
})
