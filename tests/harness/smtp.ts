/** A real SMTP server on loopback that takes what leaves, and keeps it as it came. */
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { SMTPServer } from 'smtp-server'

export type Taken = { from: string; to: readonly string[]; raw: Buffer }

export type Smtp = {
  url: string
  /** What it took, in its order. */
  taken: readonly Taken[]
  close(): Promise<void>
}

/** @param refuses whom it does not know */
export async function startSmtp(refuses: (email: string) => boolean = () => false): Promise<Smtp> {
  const taken: Taken[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onRcptTo({ address }, _session, done) {
      done(
        refuses(address)
          ? Object.assign(new Error('5.1.1 nobody here by that name'), { responseCode: 550 })
          : undefined,
      )
    },
    onData(stream, { envelope: { mailFrom, rcptTo } }, done) {
      const [from, to] = [mailFrom ? mailFrom.address : '', rcptTo.map(({ address }) => address)]
      void buffer(stream)
        .then((raw) => void taken.push({ from, to, raw }))
        .finally(() => done())
    },
  })
  server.on('error', () => {}) // a client that went away
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  return {
    url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`, // it listens on TCP
    taken,
    close: () => new Promise<void>((closed) => server.close(() => closed())),
  }
}
