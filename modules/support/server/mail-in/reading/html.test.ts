import { describe, expect, test } from 'vitest'
import { page, saying, understood } from './mails.ts'

const read = async (html: string) => (await understood(page(html))).body

describe('a page becomes words', () => {
  test.for([
    ['<p>Un<br>deux</p><p>trois</p>', 'Un\ndeux\n\ntrois'],
    ['<div>Un</div><div><br></div><div>deux</div>', 'Un\n\ndeux'],
    ['<ul><li>un<li>deux<ul><li>et demi</ul></ul>', '- un\n- deux\n  - et demi'],
    ['<ol start="3"><li><p>un</p></li><li><p>deux</p></li></ol>', '3. un\n4. deux'],
    ['<blockquote>cité<br>encore</blockquote>après', '> cité\n> encore\n\naprès'],
    ['<h1>Titre</h1>texte <b>gras</b> et <i>italique </i>ici', '# Titre\n\ntexte **gras** et *italique* ici'],
    ['<b>deux<br>lignes</b>', '**deux**\n**lignes**'],
    ['<b>a * b</b>', 'a * b'],
    [
      '<table><tr><td>Nom</td><td>Montant</td></tr><tr><td>A</td><td>2</td></tr></table>',
      'Nom | Montant\nA | 2',
    ],
    ['<pre>un\n  deux</pre>', 'un\n  deux'],
    ['<p>&nbsp;</p><p>a&amp;b &lt;script&gt; &eacute;</p>', 'a&b <script> é'],
    ['a<img src="https://example.com/track.gif" alt="suivi">b', 'ab'],
  ] as const)('%s', async ([html, markdown]) => {
    expect(await read(html)).toBe(markdown)
  })
})

describe('a link shows where it leads', () => {
  test.for([
    ['<a href="https://example.com/a">ici</a>', '[ici](https://example.com/a)'],
    ['<a href="https://example.com/">https://example.com</a>', 'https://example.com/'],
    ['<a href="https://www.example.com/x">example.com</a>', '[example.com](https://www.example.com/x)'],
    ['<a href="mailto:a@example.com">a@example.com</a>', 'a@example.com'],
    [
      '<a href="https://evil.example/">https://banque.example.fr</a>',
      'https://banque.example.fr (https://evil.example/)',
    ],
    ['<a href="http://example.com/">ici</a>', 'ici (http://example.com/)'],
    ['<a href="https://example.com/a)b(c">ici</a>', '[ici](https://example.com/a%29b%28c)'],
    ['<a href="https://example.com@evil.example/">ici</a>', 'ici'],
    ['<a href="javascript:alert(1)">ici</a>', 'ici'],
    ['<a href=" java\tscript:alert(1)">ici</a>', 'ici'],
    ['<a href="data:text/html,x">ici</a>', 'ici'],
    ['<a href="file:///etc/passwd">ici</a>', 'ici'],
  ] as const)('%s', async ([html, markdown]) => {
    expect(await read(html)).toBe(markdown)
  })
})

test.for([
  '<script>alert(1)</script>',
  '<style>p{}</style>',
  '<SCRIPT src=x></SCRIPT>',
  '<svg><script>alert(1)</script></svg>',
  '<iframe srcdoc="<b>x</b>"></iframe>',
  '<img src=x onerror=alert(1)>',
  '<template><b>x</b></template>',
  '<div style="display:none">caché</div>',
  '<span style="font-size:0px">caché</span>',
  '<!--[if mso]><b>x</b><![endif]-->',
])('nothing is left of %s', async (html) => {
  expect(await read(`<p>Bonjour</p>${html}<p>Odile</p>`)).toBe('Bonjour\n\nOdile')
})

test('a page that says nothing leaves the word to its plainer twin', async () => {
  const twins =
    '--b\nContent-Type: text/plain\n\nBonjour\n' +
    '--b\nContent-Type: text/html\n\n<html><body><img src="https://example.com/a.png"></body></html>\n--b--\n'
  const mail = await understood(saying(twins, { 'Content-Type': 'multipart/alternative; boundary=b' }))
  expect(mail.body).toBe('Bonjour')
})

test('a sender cannot write the marks by which history is told apart', async () => {
  expect(await read('<p>Un</p><p>\uE000</p><p>deux &#xE000;</p>')).toBe('Un\n\ndeux')
})
