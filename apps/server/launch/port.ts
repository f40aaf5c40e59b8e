import net from 'node:net'
import type { Config } from '#platform/server/config.ts'

/** Says before anything is started why the server could not listen. @returns a sentence, or nothing */
export async function whyNotListen({ listenHost, port }: Config): Promise<string | undefined> {
  // "localhost" is two addresses, and a browser may take either.
  const hosts = listenHost === 'localhost' ? ['127.0.0.1', '::1'] : [listenHost]
  for (const host of hosts) {
    const code = await probe(host, port)
    if (code === 'EADDRINUSE') {
      return `Le port ${port} est déjà pris. Port ${port} is taken: choose another, PORT=${port + 1} npm start`
    }
    if (code === 'EACCES') {
      return `Port ${port} is reserved for the administrator: choose one above 1023, PORT=3000 npm start`
    }
    // A machine without IPv6 has no ::1.
    if (code && listenHost !== 'localhost') {
      return `LISTEN_HOST is "${listenHost}", where this machine cannot listen (${code}).`
    }
  }
  return undefined
}

function probe(host: string, port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = net.createServer()
    server.on('error', (error: NodeJS.ErrnoException) => resolve(error.code))
    server.listen({ host, port }, () => server.close(() => resolve(undefined)))
  })
}
