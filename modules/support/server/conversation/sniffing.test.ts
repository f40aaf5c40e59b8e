import { strToU8, zipSync } from 'fflate'
import { expect, test } from 'vitest'
import { plainName } from './naming.ts'
import { typeOf } from './sniffing.ts'

const zip = (entries: Record<string, string>) =>
  zipSync(Object.fromEntries(Object.entries(entries).map(([name, said]) => [name, strToU8(said)])))
const odt = 'application/vnd.oasis.opendocument.text'
const openDocument = () => zipSync({ mimetype: [strToU8(odt), { level: 0 }], 'content.xml': strToU8('<a/>') })
const office = 'application/vnd.openxmlformats-officedocument'

test.each<[string, string, Uint8Array | string]>([
  ['application/pdf', 'a.txt', '%PDF-1.7\n'],
  ['image/png', 'a', Buffer.from('89504e470d0a1a0a0000000d', 'hex')],
  ['image/jpeg', 'a.png', Buffer.from('ffd8ffe000104a464946', 'hex')],
  ['image/gif', 'a', 'GIF89a\u0001\u0000'],
  ['image/webp', 'a', 'RIFF\u0010\u0000\u0000\u0000WEBPVP8 '],
  ['text/plain', 'journal.log', 'Bonjour,\r\n\tvoilà < tout >'],
  ['text/plain', 'vieux.txt', Buffer.from('Agenda de f\u00E9vrier', 'latin1')],
  ['text/csv', 'Patients.CSV', 'nom;date\nA;B'],
  ['application/zip', 'a.docx', zip({ 'lisezmoi.txt': 'rien' })],
  [
    `${office}.wordprocessingml.document`,
    'a.zip',
    zip({ '[Content_Types].xml': '', 'word/document.xml': '' }),
  ],
  [`${office}.spreadsheetml.sheet`, 'a.xlsx', zip({ 'xl/workbook.xml': '' })],
  [odt, 'a.odt', openDocument()],
])('%s is known by its bytes, whatever it is called', (type, name, bytes) => {
  expect(typeOf(Buffer.from(bytes as string), name)).toBe(type)
})

test.each<[string, Uint8Array | string]>([
  ['nothing', ''],
  ['a page', '\n <!DOCTYPE html><script>alert(1)</script>'],
  ['a page behind a mark of its encoding', Buffer.from('\uFEFF<html>')],
  ['a drawing that may hold a script', '<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'],
  ['a drawing behind its declaration', '<?xml version="1.0"?><svg/>'],
  ['a program', Buffer.from('4d5a900003000000', 'hex')],
  ['half an archive', Buffer.from('504b030414000000', 'hex')],
  ['a document with macros in it', zip({ 'word/document.xml': '', 'word/vbaProject.bin': 'x' })],
])('%s is not taken', (_, bytes) => {
  expect(typeOf(Buffer.from(bytes as string), 'rapport.txt')).toBeUndefined()
})

test('an archive that lies about itself is refused, and holds nobody up', () => {
  const whole = Buffer.from(zip({ 'lisezmoi.txt': 'rien' }))
  const end = whole.length - 22
  const lying = (at: number, write: (bytes: Buffer, at: number) => void) => {
    const bytes = Buffer.from(whole)
    write(bytes, at)
    return typeOf(bytes, 'a.zip')
  }
  const most = (bytes: Buffer, at: number) => bytes.writeUInt16LE(0xffff, at)
  const far = (bytes: Buffer, at: number) => bytes.writeUInt32LE(0xffffffff, at)
  // How many there are, where their table begins, how long a name is.
  expect([
    lying(end + 10, most),
    lying(end + 16, far),
    lying(whole.readUInt32LE(end + 16) + 28, most),
  ]).toEqual([undefined, undefined, undefined])
  for (let length = 4; length < whole.length; length++)
    expect(typeOf(whole.subarray(0, length), 'a.zip'), `cut at ${length}`).toBeUndefined()
})

test('what is all spaces is looked at once', () => {
  expect(typeOf(Buffer.alloc(20 * 1024 * 1024, ' '), 'vide.txt')).toBe('text/plain')
})

test.each([
  ['écran du 3.png', 'écran du 3.png'],
  ['../../etc/passwd', 'passwd'],
  ['C:\\Users\\odile\\note.pdf', 'note.pdf'],
  ['facture\u202Efdp.exe', 'facture fdp.exe'],
  ['a\r\nSet-Cookie: b', 'a Set-Cookie_ b'],
  ['..', 'document'],
  ['\u0000', 'document'],
  [' .profil. ', 'profil'],
  [`${'é'.repeat(300)}.docx`, `${'é'.repeat(120)}.docx`],
  ['e\u0301cran.png', 'écran.png'],
])('%j is called %j', (said, name) => {
  expect(plainName(said)).toBe(name)
})
