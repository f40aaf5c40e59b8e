import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { head, onTheWire, page, receivedAt, saying, understood, withFiles } from './mails.ts'

const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')

describe('the head of a mail', () => {
  test('names, threads and times', async () => {
    const raw = saying('Bonjour', {
      From: '=?iso-8859-1?Q?Ren=E9e_Dub=F4is?= <Renee@Example.COM>',
      Sender: 'secretariat@example.com',
      'Reply-To': 'cabinet@example.com',
      Cc: 'Groupe: a@example.com, B <b@example.com>;, "C, D" <c@example.com>',
      'Delivered-To': 'support+33-abc@example.org',
      Subject: '=?utf-8?B?Q2FsZW5kcmllciDinJM=?=\n =?utf-8?Q?_et_suite?=',
      'In-Reply-To': '<q1@example.org> (hier)',
      References: '<q0@example.org>\n <q1@example.org>',
    })
    expect(await understood(raw)).toMatchObject({
      messageId: '1@example.com',
      inReplyTo: ['q1@example.org'],
      references: ['q0@example.org', 'q1@example.org'],
      from: { name: 'Renée Dubôis', email: 'renee@example.com' },
      sender: { email: 'secretariat@example.com' },
      replyTo: { email: 'cabinet@example.com' },
      to: [{ name: '', email: 'support@example.org' }],
      cc: [
        { name: '', email: 'a@example.com' },
        { name: 'B', email: 'b@example.com' },
        { name: 'C, D', email: 'c@example.com' },
      ],
      recipients: 4,
      deliveredTo: ['support+33-abc@example.org'],
      subject: 'Calendrier ✓ et suite',
      sentAt: new Date('2026-11-22T09:31:00Z'),
      receivedAt,
      bytes: raw.length,
      sha256: createHash('sha256').update(raw).digest(),
      problem: null,
    })
  })

  test('a Message-ID beyond any index, or of other letters, is known by what it comes to, wherever it stands', async () => {
    const long = `${'a'.repeat(980)}@x.fr`
    const mail = await understood(saying('x', { 'Message-ID': `<${long}>`, References: '<é@x.fr> <b@x.fr>' }))
    const answer = await understood(saying('x', { 'In-Reply-To': `<${long}>` }))
    expect(mail.messageId).toMatch(/^sha256-[0-9a-f]{64}$/)
    expect(answer.inReplyTo).toEqual([mail.messageId])
    expect(mail.references).toEqual([expect.stringMatching(/^sha256-[0-9a-f]{64}$/), 'b@x.fr'])
  })

  test('a name that looks like another address is only a name', async () => {
    const mail = await understood(saying('x', { From: '"support@example.org" <evil@example.net>' }))
    expect(mail.from).toEqual({ name: 'support@example.org', email: 'evil@example.net' })
  })

  test('an address cannot hide another in encoded words', async () => {
    const from = '=?utf-8?Q?odile=2Eperrin=40example=2Ecom?= <evil@example.net>'
    expect((await understood(saying('x', { From: from }))).from?.email).toBe('evil@example.net')
    const within = '=?utf-8?Q?odile=40example=2Ecom=3E?=@example.net'
    expect((await understood(saying('x', { From: within }))).from?.email ?? null).toBeNull()
  })

  test('of ten thousand recipients the first fifty are named, and all counted', async () => {
    const many = Array.from({ length: 10_000 }, (_, i) => `P${i} <p${i}@example.com>`).join(',\n ')
    const mail = await understood(saying('Bonjour', { To: many }))
    expect(mail.to).toHaveLength(50)
    expect(mail.to[49]?.email).toBe('p49@example.com')
    expect(mail).toMatchObject({ recipients: 10_000, body: 'Bonjour', problem: null })
  })

  test.for(['', 'yesterday', 'Mon, 99 Foo 2026', '1 Jan 1900 00:00:00 +0000'])(
    'a date that is none (%s) is none',
    async (date) => {
      expect((await understood(saying('x', { Date: date }))).sentAt).toBeNull()
    },
  )
})

describe('whatever the alphabet', () => {
  const text = 'Déjà réglé : 29,00 €'
  const utf7 = 'D+AOk-j+AOA r+AOk-gl+AOk : 29,00 +IKw'
  test.for([
    ['windows-1252', Buffer.from('D\xe9j\xe0 r\xe9gl\xe9 : 29,00 \x80', 'latin1')],
    // Says one and is the other, as everybody does.
    ['iso-8859-1', Buffer.from('D\xe9j\xe0 r\xe9gl\xe9 : 29,00 \x80', 'latin1')],
    ['utf-8', Buffer.from('D\xe9j\xe0 r\xe9gl\xe9 : 29,00 \x80', 'latin1')],
    ['', Buffer.from('D\xe9j\xe0 r\xe9gl\xe9 : 29,00 \x80', 'latin1')],
    ['', Buffer.from(text)],
    ['no-such-alphabet', Buffer.from(text)],
    ['us-ascii', Buffer.from(text)],
    ['iso-8859-15', Buffer.from('D\xe9j\xe0 r\xe9gl\xe9 : 29,00 \xa4', 'latin1')],
    ['utf-7', Buffer.from(utf7)],
    ['unicode-1-1-utf-7', Buffer.from(utf7)],
  ] as const)('%s', async ([charset, bytes]) => {
    const type = charset === '' ? 'text/plain' : `text/plain; charset=${charset}`
    const raw = Buffer.concat([onTheWire(`${head({ 'Content-Type': type })}\n`), bytes])
    expect((await understood(raw)).body).toBe(text)
  })

  test('gb18030', async () => {
    const raw = Buffer.concat([
      onTheWire(`${head({ 'Content-Type': 'text/plain; charset=gb18030' })}\n`),
      Buffer.from('c4e3bac3cac0bde7', 'hex'),
    ])
    expect((await understood(raw)).body).toBe('你好世界')
  })

  test('a script written in UTF-7 is no more than the letters of a page are', async () => {
    const html = '<p>Bonjour</p>+ADw-script+AD4-alert(1)+ADw-/script+AD4-'
    expect((await understood(page(html, { 'Content-Type': 'text/html; charset=utf-7' }))).body).toBe(
      'Bonjour',
    )
  })

  test('no control characters, nor such as turn the reading around', async () => {
    expect((await understood(saying('a\u0000b\u0007c\u202Egro.live\u2028d'))).body).toBe('abcgro.live\nd')
  })
})

describe('files', () => {
  const filesIn = async (raw: Buffer) =>
    (await understood(raw)).files.map(({ name, mediaType, why }) => [name, mediaType, why])

  test('are what their bytes are, whatever they are called', async () => {
    const raw = withFiles('Voici', [
      { type: 'application/octet-stream', content: png, name: 'capture' },
      { type: 'image/png', content: 'MZ\u0000\u0001 programme', name: 'photo.png' },
      { type: 'text/html', content: '<html><script>alert(1)</script>', name: 'page.txt' },
      { type: 'text/plain', content: 'a;b\n1;2\n', name: 'export.csv' },
    ])
    expect(await filesIn(raw)).toEqual([
      ['capture.png', 'image/png', null],
      ['photo.png', null, 'type'],
      ['page.txt', null, 'type'],
      ['export.csv', 'text/csv', null],
    ])
    expect((await understood(raw)).body).toBe('Voici')
  })

  test.for([
    ['../../etc/passwd', 'passwd.txt'],
    ['..\\\\..\\\\windows\\\\system32\\\\a.txt', 'a.txt'],
    ['/etc/shadow', 'shadow.txt'],
    ['...', 'document.txt'],
    ['CON:aux?.txt', 'CON_aux_.txt'],
    ['=?utf-8?Q?..=2F..=2Fnotes=00.txt?=', 'notes.txt'],
    ['facture\u202Efdp.exe', 'facturefdp.exe'],
    ['a'.repeat(290), `${'a'.repeat(120)}.txt`],
  ] as const)('a path in a name leads nowhere: %s', async ([said, name]) => {
    const raw = withFiles('x', [{ type: 'text/plain', content: 'mots', name: said }])
    expect((await filesIn(raw))[0]?.[0]).toBe(name)
  })

  test('ten are kept, the others named; too large a one is named without being read', async () => {
    const small = Array.from({ length: 12 }, (_, i) => ({
      type: 'text/plain',
      content: `n ${i}`,
      name: `${i}.txt`,
    }))
    const large = { type: 'application/pdf', content: Buffer.alloc(21 * 2 ** 20, '%PDF-'), name: 'livre.pdf' }
    const { files } = await understood(withFiles('x', [large, ...small]))
    expect(files.map(({ why }) => why)).toEqual(['size', ...Array(10).fill(null), 'count', 'count'])
    expect(files[0]).toMatchObject({ name: 'livre.pdf', content: Buffer.alloc(0) })
    expect(files[0]?.bytes).toBeGreaterThan(20 * 2 ** 20)
  })

  test('an archive stays packed, however much it would become', async () => {
    // 42 bytes that claim four gigabytes: the name in the table, nothing behind it.
    const entry = Buffer.alloc(46 + 5)
    entry.writeUInt32LE(0x02014b50, 0)
    entry.writeUInt32LE(0xfffffff0, 24)
    entry.writeUInt16LE(5, 28)
    entry.write('a.bin', 46)
    const start = Buffer.from('504b0304', 'hex')
    const end = Buffer.alloc(22)
    end.writeUInt32LE(0x06054b50, 0)
    end.writeUInt16LE(1, 10)
    end.writeUInt32LE(start.length, 16)
    const bomb = Buffer.concat([start, entry, end])
    const mail = await understood(withFiles('x', [{ type: 'application/zip', content: bomb, name: 'a.zip' }]))
    expect(mail.files).toMatchObject([{ mediaType: 'application/zip', bytes: bomb.length, why: null }])
  })

  test('pictures within the text stand in their place; those of the history came before', async () => {
    const raw = withFiles(
      '<p>Voyez : <img src="cid:new@x"></p><div class="gmail_quote">Le 1 nov. 2026, X a écrit :<blockquote><img src="cid:old@x"></blockquote></div>',
      [
        { type: 'image/png; name=ecran.png', content: png, more: 'Content-ID: <new@x>\n' },
        { type: 'image/png; name=logo.png', content: png, more: 'Content-ID: <old@x>\n' },
      ],
      'related',
    )
    const mail = await understood(raw)
    expect(mail.body).toBe('Voyez : [ecran.png]')
    expect(mail.quoted).toContain('[logo.png]')
    expect(mail.files.map(({ name }) => name)).toEqual(['ecran.png'])
  })

  test('a mail within a mail is a file, and its text none of ours', async () => {
    const inner = `${head({ Subject: 'Ancien', 'Content-Type': 'text/plain' })}\nSecret ancien`
    const raw = onTheWire(
      `${head({ 'Content-Type': 'multipart/mixed; boundary=edge' })}\n--edge\nContent-Type: text/plain\n\nVoir ci-joint\n` +
        `--edge\nContent-Type: message/rfc822\n\n${inner}\n--edge--\n`,
    )
    const mail = await understood(raw)
    expect(mail.body).toBe('Voir ci-joint')
    expect(mail.files).toMatchObject([{ name: 'Ancien.eml', mediaType: 'text/plain' }])
  })

  test('the signature of a signed mail is no file', async () => {
    const raw = onTheWire(
      `${head({ 'Content-Type': 'multipart/signed; boundary=s' })}\n--s\nContent-Type: text/plain\n\nBonjour\n` +
        '--s\nContent-Type: application/pkcs7-signature; name=smime.p7s\n\nAAAA\n--s--\n',
    )
    expect(await understood(raw)).toMatchObject({ body: 'Bonjour', files: [] })
  })
})

describe('broken mail is read as far as it goes', () => {
  test.for([
    ['no end of its parts', 'Content-Type: multipart/mixed; boundary=a\n\n--a\n\nBonjour', 'Bonjour'],
    ['a boundary it does not use', 'Content-Type: multipart/mixed; boundary=b\n\n--a\n\nBonjour', ''],
    ['no boundary at all', 'Content-Type: multipart/mixed\n\nBonjour', ''],
    ['base64 that is none', 'Content-Transfer-Encoding: base64\n\n%%%Qm9uam91cg==%%', 'Bonjour'],
    [
      'quoted-printable cut off',
      'Content-Transfer-Encoding: quoted-printable\n\nBonjour=3D=\n=E',
      'Bonjour==E',
    ],
    ['an encoding nobody knows', 'Content-Transfer-Encoding: x-mine\n\nBonjour', 'Bonjour'],
    ['a type that is none', 'Content-Type: ///;;;=\n\nBonjour', null],
  ] as const)('%s', async ([, rest, body]) => {
    const mail = await understood(onTheWire(`From: a@example.com\n${rest}`))
    expect(mail.from?.email).toBe('a@example.com')
    if (body !== null) expect(mail.body).toBe(body)
  })

  test.for(['', '\r\n\r\n', 'GET / HTTP/1.1\r\n\r\n', '\u0000\u0001\u0002'])('%j is no mail', async (raw) => {
    expect(await understood(Buffer.from(raw))).toMatchObject({ problem: 'unreadable', body: '', files: [] })
  })

  test('parts in parts beyond all measure are not read, and their head is', async () => {
    const deep = Array.from(
      { length: 60 },
      (_, i) => `Content-Type: multipart/mixed; boundary=b${i}\n\n--b${i}\n`,
    ).join('')
    const mail = await understood(onTheWire(`Subject: Profond\nFrom: a@example.com\n${deep}\nBonjour`))
    expect(mail).toMatchObject({ subject: 'Profond', problem: 'unreadable', body: '' })
  })

  test('of a mail that was too large to be fetched, the beginning is read and no file taken', async () => {
    const whole = withFiles('Bonjour', [{ type: 'image/png', content: png, name: 'a.png' }])
    const mail = await understood(whole.subarray(0, whole.length - 60), { bytes: 900_000_000 })
    expect(mail).toMatchObject({ problem: 'too_large', bytes: 900_000_000, body: 'Bonjour', files: [] })
  })
})
