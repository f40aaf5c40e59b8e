/** The way to the mailbox: `imaps://` begins with TLS, `imap://` asks for it unless the server is this machine. */
import { ImapFlow } from 'imapflow'

/** Of an address that `config.ts` looked over. */
export function connectionTo(imapUrl: string): ImapFlow {
  const url = new URL(imapUrl)
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1')
  const isSecure = url.protocol === 'imaps:'
  const isHere = ['localhost', '127.0.0.1', '::1'].includes(host)
  const client = new ImapFlow({
    host,
    port: Number(url.port) || (isSecure ? 993 : 143),
    secure: isSecure,
    // Over a network never in the clear: whoever takes the offer of TLS out of the greeting gets no password.
    ...(!isSecure && { doSTARTTLS: !isHere }),
    auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) },
    // It would write down what people write.
    logger: false,
    disableAutoIdle: true,
    connectionTimeout: 15_000,
    greetingTimeout: 15_000,
    socketTimeout: 90_000,
    maxLiteralSize: largestFetched + 1_000_000,
    maxResponseSize: largestFetched + 2_000_000,
  })
  // Whatever breaks also rejects what was asked meanwhile, or says so by closing.
  client.on('error', () => undefined)
  return client
}

/** What is larger is not fetched to its end: its head and first words, and that it is there, are all we take of it. */
export const largestWhole = 64 * 2 ** 20
export const beginningOfLarge = 2 ** 20
/** As many mails as are asked for at once, and as many bytes together, unless one alone has more. */
export const atOnce = { mails: 25, bytes: 8 * 2 ** 20 } as const
const largestFetched = largestWhole + atOnce.bytes
