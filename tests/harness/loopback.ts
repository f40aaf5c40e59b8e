/** Somebody else's HTTP server, for a test: on this machine, on a port of its own, gone after the file's last test. */
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { once } from 'node:events'
import { afterAll } from 'vitest'

export type Heard = { method: string; path: string; headers: http.IncomingHttpHeaders; body: Buffer }
export type Reply = { status: number; headers?: Record<string, string>; body?: string | Buffer }

/** @returns its address, `http://127.0.0.1:<port>` */
export async function loopback(answer: (heard: Heard) => Reply | Promise<Reply>): Promise<string> {
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const { method = '', url = '', headers } = request
      void Promise.resolve(answer({ method, path: url, headers, body: Buffer.concat(chunks) })).then(
        ({ status, headers: more, body }) => response.writeHead(status, more).end(body),
      )
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}` // it listens on TCP
}
