import { describe, expect, test } from 'vitest'
import { writeLetter, type Letter } from './mail-writing.ts'
import { sentencesOf } from './sentences.ts'

const fr = {
  'mail.letter.product': 'MaGestionPsy',
  'mail.letter.link': 'Adresse :',
  'mail.letter.footer': 'Automatique.',
  'test.reset.subject': 'Mot de passe de {name}',
  'test.reset.body': 'Bonjour {name},\n\nquelqu’un demande\nun mot de passe.',
  'test.reset.action': 'Choisir',
  'test.reset.after': 'Ce lien sert une fois.',
}
const sentences = sentencesOf({ fr, en: { ...fr, 'test.reset.subject': 'Password of {name}' } })
const letter: Letter = {
  to: { email: 'roxane@example.com', name: 'Roxane Arnaud' },
  language: 'fr',
  template: 'test.reset',
  values: { name: 'Roxane' },
  action: { url: 'https://admin.example.com/reset#token=a&b=c' },
}
const written = (over: Partial<Letter> = {}) => writeLetter(sentences, { ...letter, ...over })

test('a mail reads the same as text and as a page, its link written out in both', () => {
  const { subject, text, html } = written()
  expect(subject).toBe('Mot de passe de Roxane')
  expect(text).toBe(
    [
      'Bonjour Roxane,',
      'quelqu’un demande\nun mot de passe.',
      'Choisir\nhttps://admin.example.com/reset#token=a&b=c',
      'Ce lien sert une fois.',
      '-- \nMaGestionPsy\nAutomatique.\n',
    ].join('\n\n'),
  )
  expect(html).toContain('<html lang="fr">')
  expect(html).toContain('demande<br>un mot')
  expect(html.split('https://admin.example.com/reset#token=a&amp;b=c')).toHaveLength(4)
  expect(html).not.toMatch(/<img|url\(|@import|<script/)
})

test('the person’s language is spoken, and French where it is none of ours', () => {
  expect(written({ language: 'en' }).subject).toBe('Password of Roxane')
  expect(written({ language: 'de' })).toMatchObject({ language: 'fr', subject: 'Mot de passe de Roxane' })
})

test('a name with markup in it stays a name', () => {
  const { html, text } = written({ values: { name: '<b onclick="x">O\'Hara & Co</b>' } })
  expect(html).toContain('&lt;b onclick=&quot;x&quot;&gt;O&#39;Hara &amp; Co&lt;/b&gt;')
  expect(html).not.toContain('<b ')
  expect(text).toContain('<b onclick="x">O\'Hara & Co</b>')
})

describe('nothing that arrives begins a header of its own', () => {
  const injected = 'Roxane\r\nBcc: everybody@example.com\r\n\r\nBuy\u2028this\u0000'
  test('names and subjects stay one line', () => {
    const { subject, to, text } = written({
      to: { email: 'roxane@example.com', name: injected },
      values: { name: injected },
    })
    expect(subject).toBe('Mot de passe de Roxane Bcc: everybody@example.com Buy this')
    expect(to.name).toBe('Roxane Bcc: everybody@example.com Buy this')
    expect(text.split('\n\n')[0]).toBe('Bonjour Roxane Bcc: everybody@example.com Buy this,')
  })

  test.each([
    'roxane@example.com\r\nRCPT TO:<x@example.com>',
    'roxane@example.com, x@example.com',
    'Roxane <roxane@example.com>',
    'roxane@example.com>',
    'roxane example.com',
    'roxané@example.com',
    `${'a'.repeat(250)}@example.com`,
    '',
  ])('%j is no address', (email) => {
    expect(() => written({ to: { email, name: 'Roxane' } })).toThrow('no address')
  })

  test.each(['javascript:alert(1)', 'data:text/html,x', '/relative', 'https:// a'])(
    '%j is no link',
    (url) => {
      expect(() => written({ action: { url } })).toThrow('web')
    },
  )
})

test('a template without its messages is a bug and says which is missing', () => {
  expect(() => written({ template: 'test.nothing' })).toThrow('test.nothing.subject')
})

test('what somebody wrote stands as they wrote it in the text, and as it reads in the page, where it can do nothing', () => {
  const said =
    'Voici :\n\n1. ouvrez **Factures**\n2. puis [la page](https://example.com/a?b&c)\n\n> comment ?\n> merci\n\n<img src=x onerror=alert(1)>\n[x](javascript:alert(1))'
  const { text, html } = written({ said })
  expect(text).toContain(`un mot de passe.\n\n${said}\n\nChoisir\n`)
  expect(html).toContain('<ol start="1"')
  expect(html).toContain('<li>ouvrez <strong>Factures</strong></li>')
  expect(html).toContain('href="https://example.com/a?b&amp;c"')
  expect(html).toMatch(/<blockquote[^>]*>comment \?<br>\nmerci<\/blockquote>/)
  expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;')
  expect(html).not.toMatch(/<img|href="javascript/)
})
