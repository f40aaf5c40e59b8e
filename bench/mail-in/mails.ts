/** A mail as people send them: a page with its plain twin, the history below it, a picture of the screen and a document. */
import { createHash } from 'node:crypto'

const pictureBytes = 60_000
const documentBytes = 20_000

/** Whose word on senders the site takes. */
export const authservId = 'mx.example.org'

export function mailFrom(sender: string, number: number): Buffer {
  const lines = [
    `Return-Path: <${sender}>`,
    `Authentication-Results: ${authservId}; dmarc=pass header.from=${sender.split('@').at(-1)}`,
    `From: =?utf-8?Q?Cabinet_n=C2=B0${number}?= <${sender}>`,
    'To: MaGestionPsy <support@example.org>',
    `Subject: Une facture manque (${number})`,
    'Date: Sun, 22 Nov 2026 10:31:00 +0100',
    `Message-ID: <bench-${number}@example.com>`,
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary=outer',
    '',
    '--outer',
    'Content-Type: multipart/alternative; boundary=inner',
    '',
    '--inner',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: 8bit',
    '',
    said.replaceAll(/<[^>]+>/g, ' '),
    '--inner',
    'Content-Type: text/html; charset=utf-8',
    'Content-Transfer-Encoding: 8bit',
    '',
    `<html><body>${said}${history}</body></html>`,
    '--inner--',
    ...file('image/png', 'ecran.png', '89504e470d0a1a0a', pictureBytes, number),
    ...file('application/pdf', 'facture.pdf', '255044462d', documentBytes, number),
    '--outer--',
    '',
  ]
  return Buffer.from(lines.join('\r\n'))
}

const said = Array.from(
  { length: 12 },
  (_, i) =>
    `<p>Bonjour, voici le point ${i} : la facture <b>manque</b> encore.</p><ul><li>celle d’octobre</li><li>celle de novembre</li></ul>`,
).join('\n')

const history = `<div class="gmail_quote"><div class="gmail_attr">Le dim. 22 nov. 2026 à 10:00, MaGestionPsy &lt;support@example.org&gt; a écrit :</div><blockquote>${said.repeat(4)}</blockquote></div>`

function file(type: string, name: string, start: string, bytes: number, number: number): string[] {
  // Bytes of its own in each mail, that no packing makes less of.
  const noise = createHash('shake256', { outputLength: bytes }).update(`${name}${number}`).digest()
  const content = Buffer.concat([Buffer.from(start, 'hex'), noise])
  return [
    '--outer',
    `Content-Type: ${type}; name=${name}`,
    `Content-Disposition: attachment; filename=${name}`,
    'Content-Transfer-Encoding: base64',
    '',
    content.toString('base64').replaceAll(/.{76}/g, '$&\r\n'),
  ]
}
